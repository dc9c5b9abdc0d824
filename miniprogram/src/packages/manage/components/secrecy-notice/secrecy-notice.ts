/** Stands wherever data is entered in bulk. */
Component({})
