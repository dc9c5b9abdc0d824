import { earliestMonth, latestMonth } from '../../../server/modules/organization/dues/billing-months.rules.js'

describe('Bills may be made', () => {
  it.each([
    ['2026-01', '2025-07', '2026-03'],
    ['2026-02', '2025-08', '2026-03'],
    ['2026-03', '2025-09', '2026-03'],
    ['2026-04', '2025-10', '2026-06'],
    ['2026-05', '2025-11', '2026-06'],
    ['2026-06', '2025-12', '2026-06'],
    ['2026-07', '2026-01', '2026-09'],
    ['2026-08', '2026-02', '2026-09'],
    ['2026-09', '2026-03', '2026-09'],
    ['2026-10', '2026-04', '2026-12'],
    ['2026-11', '2026-05', '2026-12'],
    ['2026-12', '2026-06', '2026-12'],
  ])('in %s from %s to %s', (thisMonth, earliest, latest) => {
    expect([earliestMonth(thisMonth), latestMonth(thisMonth)]).toEqual([earliest, latest])
  })
})
