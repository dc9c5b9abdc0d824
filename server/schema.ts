import { organizationSchema } from './modules/organization/organization.schema.js'
import { composeSchema } from './platform/database/data-source.js'
import { platformSchema } from './platform/platform.schema.js'

/** Every table and every migration of the server: each module brings its own. */
export const schema = composeSchema([platformSchema, organizationSchema])
