import { defineButton } from './button.js'
import { defineChoices } from './choices.js'
import { defineContainers } from './containers.js'
import { defineForm } from './form.js'
import { defineImage } from './image.js'
import { defineIndicators } from './indicators.js'
import { defineLabel } from './label.js'
import { defineNavigator } from './navigator.js'
import { definePageMeta } from './page-meta.js'
import { definePicker } from './picker.js'
import { defineRichText } from './rich-text.js'
import { defineScrollView } from './scroll-view.js'
import { defineSlider } from './slider.js'
import { defineSwiper } from './swiper.js'
import { defineTextFields } from './text-fields.js'
import { defineUnavailable } from './unavailable.js'

/** Registers the built-in components. Must run before any page is drawn. */
export function defineBuiltIns(): void {
  defineContainers()
  defineButton()
  defineTextFields()
  defineImage()
  defineIndicators()
  defineChoices()
  defineLabel()
  defineSlider()
  defineForm()
  defineNavigator()
  defineRichText()
  definePageMeta()
  defineScrollView()
  defineSwiper()
  definePicker()
  defineUnavailable()
}
