/** The only door: the application comes in here. */
export { HomeModule } from './home.module.js'
