import type { Bench } from './bench.js'
import { generation } from './generation.bench.js'
import { myBills } from './my-bills.bench.js'
import { scale } from './scale.bench.js'
import { settling } from './settling.bench.js'
import { soak } from './soak.bench.js'
import { start } from './start.bench.js'

/** Every bench, in the order they run. */
export const BENCHES: readonly Bench[] = [myBills, scale, generation, settling, start, soak]
