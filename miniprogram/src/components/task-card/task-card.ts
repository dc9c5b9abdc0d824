import type { Task } from '../../../../server/contracts/home/today.js'

const NO_TASK: Partial<Task> = {}

/** One thing to do with its one button; `act` carries the task. */
Component({
  properties: {
    task: { type: Object, value: NO_TASK },
    /** The next step; the others wait in a quieter colour. */
    first: Boolean,
  },
  methods: {
    act() {
      this.triggerEvent('act', this.data.task)
    },
  },
})
