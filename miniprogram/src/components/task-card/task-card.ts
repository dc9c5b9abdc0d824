import type { Task } from '../../../../server/contracts/home/today.js'

const NO_TASK: Partial<Task> = {}

/** One task with one button. The event `act` carries the task. */
Component({
  properties: {
    task: { type: Object, value: NO_TASK },
    /** Whether it is the next step. The other cards have a less prominent colour. */
    first: Boolean,
  },
  methods: {
    act() {
      this.triggerEvent('act', this.data.task)
    },
  },
})
