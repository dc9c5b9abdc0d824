/** The door of the room: other rooms import only from here. */
export { PostsModule } from './posts.module.js'
