// What is typed into the search: options (--prefill) and codes ([no-name]) are found as they are written,
// and small words are left out.
const SMALL = new Set(
  ("a an and are as at be by can do does for from has have how i if in is it its me my no not of on or our that " +
    "the their them there they this to was we what when where which who why with you your").split(" "),
)
const send = Worker.prototype.postMessage
Worker.prototype.postMessage = function (message, ...rest) {
  if (message && message.type === 2 && typeof message.data === "string") {
    const words = message.data.replace(/(^|\s)-+|[[\]]/g, "$1").split(/\s+/)
    const kept = words.filter((word) => !SMALL.has(word.toLowerCase()))
    const code = words.length === 1 && /^\w+(-\w+)+$/.test(words[0])
    const data = code ? words[0].replace(/^|-/g, " +").trim() : (kept.length ? kept : words).join(" ")
    message = { ...message, data }
  }
  return send.call(this, message, ...rest)
}
