import { type INestApplication, RequestMethod } from '@nestjs/common'
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { ABOUT, type About } from '../../../../server/platform/access/about.decorator.js'
import { REQUIRES } from '../../../../server/platform/access/requires.decorator.js'
import { ANSWERS_WITHOUT_JSON } from '../../../../server/platform/http/file-answer.decorator.js'
import { IS_PUBLIC } from '../../../../server/platform/http/public.decorator.js'
import { routesOf, type Route } from '../../../../server/platform/http/response-serializers.js'
import { IDEMPOTENT } from '../../../../server/platform/idempotency/idempotent.decorator.js'

/** What a route of the server says of itself by its decorators. */
export interface DecoratedRoute {
  /** `METHOD /path/{id}` */
  name: string
  permission: string | undefined
  isPublic: boolean
  isRepeatable: boolean
  isWithoutJson: boolean
  isAboutPerson: boolean
}

export function decoratedRoutes(app: INestApplication): DecoratedRoute[] {
  return routesOf(app).map((route) => ({
    name: nameOf(route),
    permission: marked(REQUIRES, route) as string | undefined,
    isPublic: Boolean(marked(IS_PUBLIC, route)),
    isRepeatable: Boolean(marked(IDEMPOTENT, route)),
    isWithoutJson: Boolean(marked(ANSWERS_WITHOUT_JSON, route)),
    isAboutPerson: (marked(ABOUT, route) as About | undefined)?.whom === 'person',
  }))
}

/**
 * Notes every address that the server registers, whoever brings it. HEAD, which goes with every GET, is left out.
 * @returns an extension for `World.open`
 */
export const listen = (names: string[]) => (app: NestFastifyApplication) => {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const name of [method].flat()) if (name !== 'HEAD') names.push(`${name} ${braced(url)}`)
    })
  return Promise.resolve()
}

function nameOf({ handler, controllerClass }: Route): string {
  const method = RequestMethod[Number(Reflect.getMetadata(METHOD_METADATA, handler))]
  const parts = [controllerClass, handler].map((target) => String(Reflect.getMetadata(PATH_METADATA, target)))
  return `${method} /${braced(parts.join('/').split('/').filter(Boolean).join('/'))}`
}

const marked = (key: string, { handler, controllerClass }: Route): unknown =>
  (Reflect.getMetadata(key, handler) as unknown) ?? Reflect.getMetadata(key, controllerClass)

const braced = (path: string): string => path.replace(/:(\w+)/g, '{$1}')
