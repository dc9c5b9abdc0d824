import { fuzz } from './fuzz/fuzz.js'

fuzz('reads', ({ route }) => route.startsWith('GET '))
