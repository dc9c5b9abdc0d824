/** A notice for pages where data is entered in bulk. */
Component({})
