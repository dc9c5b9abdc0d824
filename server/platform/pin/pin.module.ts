import { Global, Module } from '@nestjs/common'
import { PinController } from './pin.controller.js'
import { PinGuard } from './pin.guard.js'
import { Pins } from './pins.js'

/** The PIN that the gravest steps ask for. */
@Global()
@Module({ controllers: [PinController], providers: [Pins, PinGuard], exports: [Pins, PinGuard] })
export class PinModule {}
