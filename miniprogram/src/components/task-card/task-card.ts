import type { Task } from '../../../../server/contracts/today.js'

/** One thing to do with its one button; `act` carries the task. */
Component({
  properties: {
    task: { type: Object, value: {} as Partial<Task> },
    /** The next step; the others wait in a quieter colour. */
    first: Boolean,
  },
  methods: {
    act() {
      this.triggerEvent('act', this.data.task)
    },
  },
})
