import { canSpeak, speak } from '../../speech'

/** A loudspeaker for a text; not drawn where nothing can be read aloud. */
Component({
  properties: { text: String },
  data: { canSpeak },
  methods: {
    read() {
      speak(this.data.text)
    },
  },
})
