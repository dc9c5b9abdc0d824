import 'reflect-metadata'
import { ClassSerializerInterceptor, Module, ValidationPipe } from '@nestjs/common'
import { NestFactory, Reflector } from '@nestjs/core'
import { PassportModule } from '@nestjs/passport'
import { ExpressAdapter } from '@nestjs/platform-express'
import { TypeOrmModule } from '@nestjs/typeorm'
import { JwtStrategy } from './auth.js'
import { BillsController, BillsService } from './bills.js'
import { Account, Bill, Binding, PaymentLine, PaymentOrder, Session, Unit } from './entities.js'

const entities = [Account, Bill, Binding, PaymentLine, PaymentOrder, Session, Unit]

/** "My bills" as the handbooks of Nest and TypeORM put it together. */
@Module({
  imports: [
    PassportModule,
    TypeOrmModule.forRoot({
      type: 'mariadb',
      socketPath: process.env['SOCKET'],
      username: 'root',
      database: process.env['DATABASE'],
      entities,
      timezone: 'Z',
      poolSize: 10,
    }),
    TypeOrmModule.forFeature(entities),
  ],
  controllers: [BillsController],
  providers: [BillsService, JwtStrategy],
})
class UsualModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(UsualModule, new ExpressAdapter(), { logger: ['error'] })
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }))
  app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector)))
  await app.listen(Number(process.env['PORT']), '127.0.0.1')
}

void main()
