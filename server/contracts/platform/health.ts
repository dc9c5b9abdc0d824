export class Health {
  status: 'ok'
}

export class ReadinessCheck {
  name: 'database' | 'migrations' | 'relay' | 'redis'
  ok: boolean
  detail: string
}

export class Readiness {
  status: 'ready' | 'not-ready'
  checks: ReadinessCheck[]
}
