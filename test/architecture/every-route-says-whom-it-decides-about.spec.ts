import { RequestMethod } from '@nestjs/common'
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js'
import { permissions } from '../../server/permissions.js'
import { ABOUT, type About } from '../../server/platform/access/about.decorator.js'
import { ConcernedPersons } from '../../server/platform/access/concerned-persons.js'
import { REQUIRES } from '../../server/platform/access/requires.decorator.js'
import { routesOf, type Route } from '../../server/platform/http/response-serializers.js'
import { World } from '../support/world.js'

describe('every route says whom it decides about', () => {
  let world: World
  let routes: Route[]

  beforeAll(async () => {
    world = await World.open()
    routes = routesOf(world.app)
  })
  afterAll(() => world.close())

  const nameOf = ({ controller, name }: Route) => `${controller}.${name}`
  const aboutOf = ({ handler }: Route) => Reflect.getMetadata(ABOUT, handler) as About | undefined
  const reads = ({ handler }: Route) => Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.GET
  const isHeldOverUnits = ({ handler, controllerClass }: Route) => {
    const permission = (Reflect.getMetadata(REQUIRES, handler) ??
      Reflect.getMetadata(REQUIRES, controllerClass)) as string | undefined
    const rule = permission === undefined ? undefined : permissions.rules.get(permission)
    return rule !== undefined && 'roles' in rule
  }
  const aboutPersons = () =>
    routes.flatMap((route) => {
      const about = aboutOf(route)
      return about?.whom === 'person' ? [{ route, about }] : []
    })

  it('what changes something is marked @AboutPerson, @AboutOneself or @AboutNobody', () => {
    const changing = routes.filter((route) => !reads(route))
    expect(changing.length).toBeGreaterThan(20)
    expect(changing.filter((route) => !aboutOf(route)).map(nameOf)).toEqual([])
  })

  it('what only reads is not marked: reading decides nothing', () => {
    expect(routes.filter((route) => reads(route) && aboutOf(route)).map(nameOf)).toEqual([])
  })

  it('whoever uses a permission over a unit never acts for oneself', () => {
    const own = routes.filter((route) => aboutOf(route)?.whom === 'oneself')
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter(isHeldOverUnits).map(nameOf)).toEqual([])
  })

  it('what decides about a person asks for a permission over a unit', () => {
    expect(aboutPersons().length).toBeGreaterThan(5)
    const others = aboutPersons().filter(({ route }) => !isHeldOverUnits(route))
    expect(others.map(({ route }) => nameOf(route))).toEqual([])
  })

  it('the place in the path is there, and somebody has registered how the person is found', () => {
    const concerned = world.app.get(ConcernedPersons)
    const wrong = aboutPersons().filter(({ route: { handler, controllerClass }, about }) => {
      const places = [controllerClass, handler].map((target) =>
        String(Reflect.getMetadata(PATH_METADATA, target)),
      )
      const isThere = !('param' in about) || places.join('/').split('/').includes(`:${about.param}`)
      return !isThere || (about.through !== undefined && !concerned.has(about.through))
    })
    expect(wrong.map(({ route }) => nameOf(route))).toEqual([])
  })
})
