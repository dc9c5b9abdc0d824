module.exports = async () => {
  await globalThis.__MARIADB__?.stop()
}
