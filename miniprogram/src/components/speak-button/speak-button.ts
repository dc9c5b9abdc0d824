import { canSpeak, speak } from '../../speech'

/** A button that reads a text aloud. It is hidden when reading aloud is not available. */
Component({
  properties: { text: String },
  data: { canSpeak },
  methods: {
    read() {
      speak(this.data.text)
    },
  },
})
