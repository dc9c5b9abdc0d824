import { answerInThread } from '../../threads/answer-in-thread.js'
import { writeWorkbook } from './workbook-writer.js'

answerInThread(writeWorkbook)
