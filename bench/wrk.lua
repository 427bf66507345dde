-- Sends the requests of a file in turn, from a given one on, and prints what came of it as JSON.
-- The file: the length of a request on a line of its own, the request, and so on.
local requests, next_one = {}, 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  while true do
    local length = file:read("*l")
    if not length then break end
    requests[#requests + 1] = file:read(tonumber(length))
    file:read("*l")
  end
  file:close()
  next_one = tonumber(args[2]) % #requests
  math.randomseed(tonumber(args[2]) + os.time())
end

-- Forms that are sent once carry a token of their own.
local function token()
  return (("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"):gsub("x", function()
    return ("%x"):format(math.random(0, 15))
  end))
end

function request()
  local found = requests[next_one + 1]
  next_one = (next_one + 1) % #requests
  local at = found:find("@@@@@@@@-@@@@-@@@@-@@@@-@@@@@@@@@@@@", 1, true)
  if at then
    found = found:sub(1, at - 1) .. token() .. found:sub(at + 36)
  end
  return found
end

function done(summary, latency)
  local errors = summary.errors
  io.write(("RESULT {\"requests\": %d, \"seconds\": %f, \"bytes\": %d, \"refused\": %d, \"broken\": %d, \"p50\": %f, \"p99\": %f}\n"):format(
    summary.requests, summary.duration / 1e6, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
