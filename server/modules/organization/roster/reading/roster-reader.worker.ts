import { answerInThread } from '../../../../platform/threads/answer-in-thread.js'
import { rosterReader } from './roster-reading.js'

answerInThread(rosterReader)
