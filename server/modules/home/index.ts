/** The only door: the application imports only from here. */
export { HomeModule } from './home.module.js'
