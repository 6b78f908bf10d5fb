// Loaded before the bot (`--import`): the machine's clock is wrong by WRONG_CLOCK_MS, as after a bad setting of it.
const wrongMs = Number(process.env.WRONG_CLOCK_MS ?? 0);
const RightDate = Date;

function WrongDate(...given) {
  const at = given.length > 0 ? given : [WrongDate.now()];
  return new.target ? Reflect.construct(RightDate, at, new.target) : new RightDate(...at).toString();
}
Object.setPrototypeOf(WrongDate, RightDate);
WrongDate.prototype = RightDate.prototype;
WrongDate.prototype.constructor = WrongDate;
WrongDate.now = () => RightDate.now() + wrongMs;
globalThis.Date = WrongDate;
