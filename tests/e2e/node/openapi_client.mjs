// The main job by a client that knows nothing but /openapi.json: it makes its calls from the document, refuses to send what
// the document does not describe, and holds every answer, and every webhook that it is told, against the schema that the
// document gives for it. The suite must allow webhooks to 127.0.0.1.
//
//   node openapi_client.mjs URL KEY
//
// Ends with status 0 when every step answered as the contract says.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { Webhook } from 'standardwebhooks';

const [base, key] = process.argv.slice(2);

// Schemas closed: a field that is not described is a mistake, in either direction. Output is no part of a request.
function closed(document, forRequest) {
  const copy = structuredClone(document);
  for (const schema of Object.values(copy.components.schemas)) {
    if (schema.properties && schema.additionalProperties === undefined) schema.additionalProperties = false;
    if (!forRequest || !schema.properties) continue;
    for (const [name, property] of Object.entries(schema.properties)) if (property.readOnly) delete schema.properties[name];
  }
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  for (const format of ['int64', 'uint64']) ajv.addFormat(format, { type: 'string', validate: (text) => /^-?\d+$/.test(text) });
  ajv.addFormat('decimal', /^(-?\d+(\.\d{1,6})?)?$/); // empty where no money is involved
  ajv.addSchema(copy, 'api');
  return (pointer) => ajv.getSchema(`api#${pointer}`) ?? assert.fail(`${pointer} is not in the document`);
}

const pointer = (...path) => path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).map(encodeURI).join('');

class Client {
  static async from(url, token) {
    const response = await fetch(`${url}/openapi.json`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /application\/json/);
    const again = await fetch(`${url}/openapi.json`, { headers: { 'If-None-Match': response.headers.get('etag') } });
    assert.equal(again.status, 304);
    const head = await fetch(`${url}/openapi.json`, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('etag')], [200, response.headers.get('etag')]);
    return new Client(await response.json(), url, token);
  }

  constructor(document, url, token) {
    Object.assign(this, { document, url, token, operations: new Map(), seen: new Set() });
    this.sent = closed(document, true);
    this.answered = closed(document, false);
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) this.operations.set(operation.operationId, { path, method, operation });
    }
  }

  resolve(node) {
    return node.$ref ? node.$ref.slice(2).split('/').reduce((at, name) => at[name], this.document) : node;
  }

  // The request that the document describes, or an error: `args` are parameters by name.
  describe(id, args, body) {
    const { path, method, operation } = this.operations.get(id) ?? assert.fail(`${id} is not described`);
    const parameters = (operation.parameters ?? []).map((p) => this.resolve(p));
    for (const name of Object.keys(args)) assert.ok(parameters.some((p) => p.name === name), `${id} does not take ${name}`);
    let target = path;
    const query = new URLSearchParams();
    const headers = { Authorization: `Bearer ${this.token}` };
    for (const p of parameters) {
      const value = args[p.name];
      assert.ok(value !== undefined || !p.required, `${id} needs ${p.name}`);
      if (value === undefined) continue;
      const at = operation.parameters[parameters.indexOf(p)].$ref?.slice(1) ?? pointer('paths', path, method, 'parameters', String(parameters.indexOf(p)));
      const check = this.sent(`${at}/schema`);
      assert.ok(check(value), `${id} ${p.name}: ${JSON.stringify(check.errors)}`);
      if (p.in === 'path') target = target.replace(`{${p.name}}`, encodeURIComponent(value));
      if (p.in === 'query') for (const one of [value].flat()) query.append(p.name, one);
      if (p.in === 'header') headers[p.name] = value;
    }
    if (body !== undefined) {
      assert.ok(operation.requestBody, `${id} takes no body`);
      const check = this.sent(pointer('paths', path, method, 'requestBody', 'content', 'application/json', 'schema'));
      assert.ok(check(body), `${id}: ${JSON.stringify(check.errors)}`);
      headers['Content-Type'] = 'application/json';
    }
    assert.ok(body !== undefined || !operation.requestBody?.required, `${id} needs a body`);
    const search = query.size ?? [...query].length ? `?${query}` : '';
    return { path, operation, url: this.url + target + search, init: { method: method.toUpperCase(), headers, body: body && JSON.stringify(body) } };
  }

  // Sends it and answers {status, headers, body}; the body is as the document says for that status.
  async send(id, { path, operation, url, init }) {
    const response = await fetch(url, init);
    const body = await response.json();
    const status = String(response.status) in operation.responses ? String(response.status) : 'default';
    const described = operation.responses[status];
    const where = described.$ref
      ? pointer(...described.$ref.slice(2).split('/'))
      : pointer('paths', path, init.method.toLowerCase(), 'responses', status);
    const check = this.answered(where + pointer('content', 'application/json', 'schema'));
    assert.ok(check(body), `${id} answered ${response.status} ${JSON.stringify(body)}: ${JSON.stringify(check.errors)}`);
    assert.ok(response.headers.get('x-request-id'));
    this.seen.add(id);
    return { status: response.status, headers: response.headers, body };
  }

  async call(id, args = {}, body = undefined) {
    const answer = await this.send(id, this.describe(id, args, body));
    assert.equal(answer.status, 200, `${id}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

async function walk(api) {
  const survey = await api.call('CreateSurvey', { surveyId: 'delivery-nps' }, {
    displayName: { vi: 'Sau giao hàng', en: 'After a delivery' }, metric: 'NPS', template: 'nps', trigger: { interactionTypes: ['DELIVERY'] },
  });
  assert.equal(survey.state, 'DRAFT');
  assert.equal((await api.call('ActivateSurvey', { surveyId: 'delivery-nps' }, {})).state, 'ACTIVE');
  assert.deepEqual((await api.call('ListSurveys', { pageSize: 1 })).surveys.map((s) => s.surveyId), ['delivery-nps']);

  await api.call('UpdateCustomer', { customerId: 'lan', allowMissing: true }, {
    displayName: 'Nguyễn Thị Lan', phone: '0912000001', locale: 'vi', segment: 'VIP', properties: { city: 'Hà Nội', visits: 3, app: true },
  });
  const order = { interactionId: 'order-1', customerId: 'lan', type: 'DELIVERY', touchpoint: 'delivery', occurredAt: new Date().toISOString(), amount: '1250000', currency: 'VND' };
  const recorded = await api.call('RecordInteraction', { 'Idempotency-Key': 'openapi-order-1' }, order);
  const [{ decision, invitation, link }] = recorded.dispatch;
  assert.equal(decision, 'INVITED');
  assert.ok(link.startsWith(`${base}/s/`));
  const again = await api.send('RecordInteraction', api.describe('RecordInteraction', { 'Idempotency-Key': 'openapi-order-1' }, order));
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.deepEqual(again.body, recorded);
  assert.equal((await api.call('ListInvitations', { surveyId: 'delivery-nps' })).invitations[0].link, link);

  const answered = await api.call('CreateResponse', {}, { responseId: 'r1', invitationId: invitation, score: 2, comment: 'Giao trễ 2 ngày', language: 'vi' });
  assert.equal(answered.response.customerId, 'lan');
  const consistencyToken = [answered.consistencyToken];

  const { rows } = await api.call('GetScores', { metric: 'NPS', consistencyToken });
  assert.deepEqual(rows.map((row) => [row.responses, row.score]), [[1, -100]]);
  const sheet = await api.call('GetSatisfaction', { customerId: 'lan', consistencyToken });
  assert.deepEqual(sheet.metrics.map((m) => [m.metric, m.score, m.band]), [['NPS', 2, 'DETRACTOR']]);
  const { satisfactions } = await api.call('BatchGetSatisfaction', {}, { customerIds: ['lan', 'nobody'] });
  assert.deepEqual(satisfactions.map((s) => s.customerId), ['lan', 'nobody']);

  const list = await api.call('ListCases', { filter: 'customer = "lan"', consistencyToken });
  const [{ caseId, version }] = list.cases;
  const cause = (await api.call('ListRootCauses')).rootCauses.find((c) => c.parent !== '').rootCauseId;
  const team = (await api.call('ListTeams')).teams[0].teamId;
  await api.call('AcknowledgeCase', { caseId }, { version });
  const stale = await api.send('AcknowledgeCase', api.describe('AcknowledgeCase', { caseId }, { version }));
  assert.equal(stale.status, 409);
  await api.call('CreateNote', { caseId }, { noteId: 'n1', text: 'Kho xác nhận đơn bị trễ' });
  await api.call('ContactCustomer', { caseId }, { channel: 'phone', note: 'Đã gọi xin lỗi', outcome: 'REACHED' });
  await api.call('ResolveCase', { caseId }, { rootCause: cause, originatorTeam: team, resolution: 'Giao lại trong ngày', customerReply: 'Chị đồng ý' });
  await api.call('VerifyCase', { caseId }, { evidence: 'CUSTOMER_WORD' });
  const done = await api.call('CloseCase', { caseId }, {});
  assert.equal(done.case.state, 'CLOSED');
  assert.deepEqual(done.case.history.map((line) => line.action), ['open', 'acknowledge', 'note', 'contact', 'resolve', 'verify', 'close']);
  assert.deepEqual(await api.call('GetCase', { caseId }), done.case);

  const { entries } = await api.call('GetHistory', { customerId: 'lan', consistencyToken: [done.consistencyToken] });
  assert.deepEqual(entries.map((e) => e.kind).sort(), ['CASE', 'INTERACTION', 'INVITATION', 'RESPONSE']);
  const one = await api.call('GetHistory', { customerId: 'lan', kinds: ['INTERACTION', 'CASE'], pageSize: 1 });
  assert.equal(one.entries.length, 1);
  assert.notEqual(one.nextPageToken, '');
}

async function soon(what, done) {
  for (const deadline = Date.now() + 60_000; !(await done()); ) {
    assert.ok(Date.now() < deadline, `after a minute: ${JSON.stringify(what())}`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

// What the walk causes, at a receiver that knows the bodies from `x-webhooks`.
const caused = ['interaction.recorded', 'invitation.created', 'response.submitted', 'case.opened', 'case.moved'];

async function receive(api) {
  const told = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    told.push({ headers: request.headers, text: Buffer.concat(chunks).toString() });
    response.writeHead(204).end();
  });
  await new Promise((resume) => server.listen(0, '127.0.0.1', resume));
  const types = Object.keys(api.document['x-webhooks']).filter((type) => type !== 'webhook.test');
  const url = `http://127.0.0.1:${server.address().port}/`;
  const { secret, webhook } = await api.call('CreateWebhook', {}, { webhookId: 'typed', url, eventTypes: types });
  assert.equal(webhook.state, 'ENABLED');
  await api.call('TestWebhook', { webhookId: 'typed' }, {});
  server.unref();
  return { told, secret };
}

async function webhooks(api, { told, secret }) {
  const types = () => told.map(({ text }) => JSON.parse(text).type);
  await soon(types, () => [...caused, 'webhook.test'].every((type) => types().includes(type)));
  let log;
  await soon(() => log, async () => {
    log = await api.call('ListDeliveries', { webhookId: 'typed', state: 'SUCCEEDED', pageSize: 1000 });
    return log.deliveries.length === told.length;
  });
  for (const { headers, text } of told) {
    const event = new Webhook(secret).verify(text, headers);
    const { $ref } = api.document['x-webhooks'][event.type].post.requestBody.content['application/json'].schema;
    const check = api.answered($ref.slice(1));
    assert.ok(check(event), `${text}: ${JSON.stringify(check.errors)}`);
  }
}

// The same events, fetched.
async function events(api, { told }) {
  const seen = [];
  let after = '';
  for (const deadline = Date.now() + 60_000; !caused.every((type) => seen.some((e) => e.type === type)); ) {
    assert.ok(Date.now() < deadline, `after a minute: ${JSON.stringify(seen.map((e) => e.type))}`);
    const page = await api.call('ListEvents', after ? { after, pageSize: 2 } : { pageSize: 2 });
    seen.push(...page.events);
    after = page.nextAfter || after;
    if (page.events.length === 0) await new Promise((resume) => setTimeout(resume, 50));
  }
  assert.equal(new Set(seen.map((e) => e.id)).size, seen.length, 'each event once');
  const ids = new Set(told.map(({ headers }) => headers['webhook-id']));
  assert.ok(seen.some((e) => ids.has(e.id)), 'webhooks and events have the same ids');
}

// The document and the gateway agree on what is refused.
async function refusals(api) {
  assert.throws(() => api.describe('GetCustomer', { customerId: 'lan', verbose: true }), /does not take verbose/);
  assert.throws(() => api.describe('CreateResponse', {}, { responseId: 'r2', mood: 'fine' }), /additional/);
  assert.throws(() => api.describe('UpdateCustomer', { customerId: 'lan' }, { revision: '7' }), /additional/);
  assert.throws(() => api.describe('FlyToTheMoon', {}), /not described/);

  const headers = { Authorization: `Bearer ${api.token}`, 'Content-Type': 'application/json' };
  const strangers = new Client(api.document, api.url, 'hk_nobody');
  for (const [id, { path, method, operation }] of api.operations) {
    const url = api.url + path.replaceAll(/\{\w+\}/g, 'x');
    const stranger = await strangers.send(id, { path, operation, url, init: { method: method.toUpperCase() } });
    assert.equal(stranger.status, 401, id);
    // What is required and missing is among the violations, and a field that is not described too.
    const needed = operation.parameters.filter((p) => p.in === 'query' && p.required).map((p) => p.name);
    if (needed.length > 0) {
      const without = await api.send(id, { path, operation, url, init: { method: method.toUpperCase(), headers } });
      assert.equal(without.status, 400, id);
      for (const name of needed) assert.ok(violations(without.body).includes(name), `${id} without ${name}: ${JSON.stringify(without.body)}`);
    }
    const schema = operation.requestBody && api.resolve(operation.requestBody.content['application/json'].schema);
    if (!schema || operation['x-required-scope'] === 'operator') continue;
    const bare = await api.send(id, { path, operation, url: `${url}?notDescribed=1`, init: { method: method.toUpperCase(), headers, body: '{"notDescribed":1}' } });
    assert.equal(bare.status, 400, id);
    assert.deepEqual(new Set(violations(bare.body)), new Set(['notDescribed']), id);
    if (!schema.required) continue;
    const empty = await api.send(id, { path, operation, url, init: { method: method.toUpperCase(), headers, body: '{}' } });
    assert.equal(empty.status, 400, id);
    for (const name of schema.required) assert.ok(violations(empty.body).includes(name), `${id} without ${name}: ${JSON.stringify(empty.body)}`);
  }
}

function violations(body) {
  return body.error.details.flatMap((d) => d.fieldViolations ?? []).map((v) => v.field);
}

try {
  const api = await Client.from(base, key);
  const receiver = await receive(api);
  await walk(api);
  await refusals(api);
  await webhooks(api, receiver);
  await events(api, receiver);
  console.log(`${api.seen.size} of ${api.operations.size} operations called; every answer as its schema says`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.exit(); // whatever connection is still open
