import { fuzz } from './fuzz/fuzz.js'

fuzz('writes', ({ route }) => !route.startsWith('GET '))
