// A receiver of webhooks that is not ours: it checks every request with the reference library, keeps it, and answers as it
// was told to. Prints "listening on PORT".
//
//   PUT /~rules     [{path, customerId?, type?, times, status?, headers?, delayMs?}]: the first that matches and has times left
//   PUT /~secrets   {path: [whsec_…]}: each request at the path is checked with each of them
//   GET /~received  [{path, id, type, customerId, verified: [bool], headers, body, at, status}]
import http from 'node:http';
import { Webhook } from 'standardwebhooks';

const received = [];
let rules = [];
let secrets = {};

function verifies(secret, body, headers) {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

function control(request, body, response) {
  if (request.url === '/~rules') rules = [...JSON.parse(body), ...rules];
  else if (request.url === '/~secrets') Object.assign(secrets, JSON.parse(body));
  response.setHeader('content-type', 'application/json');
  response.end(request.url === '/~received' ? JSON.stringify(received) : '{}');
}

http
  .createServer((request, response) => {
    const chunks = [];
    request.on('data', (c) => chunks.push(c));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (request.url.startsWith('/~')) return control(request, body, response);
      let event = {};
      try {
        event = JSON.parse(body);
      } catch {
        // kept as it came
      }
      const customerId = event.data?.customerId ?? '';
      const rule = rules.find(
        (r) =>
          r.path === request.url &&
          (r.customerId === undefined || r.customerId === customerId) &&
          (r.type === undefined || r.type === event.type) &&
          r.times > 0,
      );
      if (rule) rule.times -= 1;
      const status = rule?.status ?? 200;
      received.push({
        path: request.url,
        id: request.headers['webhook-id'] ?? '',
        type: event.type ?? '',
        customerId,
        verified: (secrets[request.url] ?? []).map((s) => verifies(s, body, request.headers)),
        headers: request.headers,
        body,
        at: Date.now(),
        status,
      });
      setTimeout(() => response.writeHead(status, rule?.headers ?? {}).end('{"secret":"of the receiver"}'), rule?.delayMs ?? 0);
    });
  })
  .listen(0, '127.0.0.1', function () {
    console.log(`listening on ${this.address().port}`);
  });
