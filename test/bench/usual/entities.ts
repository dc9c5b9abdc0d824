import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm'

/*
 * The same tables as an ORM is usually told about them: one class a table, relations between them, every column.
 * The tables are made by the product's migrations.
 */

@Entity('unit')
export class Unit {
  @PrimaryColumn() id: string
  @Column() kind: string
  @Column() name: string
  @Column({ type: 'varchar', nullable: true }) phone: string | null
  @Column() createdAt: Date
}

@Entity('binding')
export class Binding {
  @PrimaryColumn() id: string
  @Column() kind: string
  @Column() accountId: string
  @Column() memberId: string
  @Column() state: string
  @Column({ type: 'varchar', nullable: true }) accountKey: string | null
  @Column() claimedAt: Date
  @OneToOne(() => Account, (account) => account.binding)
  @JoinColumn({ name: 'accountKey' })
  account: Relation<Account>
}

@Entity('account')
export class Account {
  @PrimaryColumn() id: string
  @Column() openid: string
  @Column({ type: 'varchar', nullable: true }) unionid: string | null
  @Column() textSize: string
  @Column() createdAt: Date
  @OneToOne(() => Binding, (binding) => binding.account)
  binding: Relation<Binding> | null
}

@Entity('session')
export class Session {
  @PrimaryColumn() id: string
  @Column() accountId: string
  @Column() startedAt: Date
  @Column() expiresAt: Date
  @Column({ type: 'datetime', nullable: true }) endedAt: Date | null
  @ManyToOne(() => Account)
  @JoinColumn({ name: 'accountId' })
  account: Relation<Account>
}

@Entity('payment_order')
export class PaymentOrder {
  @PrimaryColumn() id: string
  @Column() tradeNo: string
  @Column() state: string
  @Column({ type: 'bigint' }) amountFen: string
  @Column() description: string
  @Column() createdAt: Date
}

@Entity('payment_line')
export class PaymentLine {
  @PrimaryColumn() id: string
  @Column() orderId: string
  @Column() subjectId: string
  @Column({ type: 'bigint' }) amountFen: string
  @Column({ type: 'varchar', nullable: true }) openKey: string | null
  @ManyToOne(() => PaymentOrder)
  @JoinColumn({ name: 'orderId' })
  order: Relation<PaymentOrder>
  @ManyToOne(() => Bill, (bill) => bill.lines)
  @JoinColumn({ name: 'subjectId' })
  bill: Relation<Bill>
}

@Entity('dues_bill')
export class Bill {
  @PrimaryColumn() id: string
  @Column() memberId: string
  @Column() unitId: string
  @Column() month: string
  @Column() duesClass: string
  @Column({ type: 'bigint', nullable: true }) baseFen: string | null
  @Column({ type: 'int', nullable: true }) rateBasisPoints: number | null
  @Column() rounding: string
  @Column({ type: 'bigint' }) amountFen: string
  @Column() state: string
  @Column() createdAt: Date
  @Column({ type: 'datetime', nullable: true }) paidAt: Date | null
  @Column({ type: 'varchar', nullable: true }) tradeNo: string | null
  @ManyToOne(() => Unit)
  @JoinColumn({ name: 'unitId' })
  unit: Relation<Unit>
  @OneToMany(() => PaymentLine, (line) => line.bill)
  lines: Relation<PaymentLine>[]
}
