declare module '../../../platform/audit/event-map.js' {
  interface EventMap {
    /** Subject: the post. */
    'unit.post-recorded': { memberId: string; fromOn: string }
    /** `correctedId`: the post that said something else. */
    'unit.post-corrected': { memberId: string; fromOn: string; correctedId: string }
    'unit.post-ended': { memberId: string; untilOn: string }
    'unit.post-withdrawn': { memberId: string }
  }
}

export {}
