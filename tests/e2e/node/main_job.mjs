// The main job over the public gRPC port with a client that is not ours: record → invite → answer → scores → case.
//
//   node main_job.mjs ADDRESS KEY PROTOS GOOGLEAPIS
//
// Ends with status 0 when every step answered as the contract says.
import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const [address, key, protos, googleapis] = process.argv.slice(2);
const definition = protoLoader.loadSync(
  ['survey', 'scoring', 'loop'].map((name) => `hoiam/${name}/v1/${name}_service.proto`),
  { includeDirs: [protos, googleapis], enums: String, longs: Number, defaults: true, keepCase: false },
);
const { hoiam } = grpc.loadPackageDefinition(definition);

const metadata = new grpc.Metadata();
metadata.set('authorization', `Bearer ${key}`);
const clients = new Map();

function call(Service, method, request, meta = metadata) {
  if (!clients.has(Service)) clients.set(Service, new Service(address, grpc.credentials.createInsecure()));
  const deadline = Date.now() + 10_000;
  return new Promise((resolve, reject) => {
    clients.get(Service)[method](request, meta, { deadline }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

const { InteractionService, SurveyService, ResponseService } = hoiam.survey.v1;
const { ScoringService } = hoiam.scoring.v1;
const { CaseService } = hoiam.loop.v1;
const seconds = Math.floor(Date.now() / 1000) - 60;
const buy = (interactionId) =>
  call(InteractionService, 'recordInteraction', {
    interactionId, customerId: 'lan', type: 'PURCHASE', touchpoint: 'store', occurredAt: { seconds }, amount: '250000', currency: 'VND',
    properties: { shop: { stringValue: 'Vinh' } },
  });

async function walk() {
  const survey = await call(SurveyService, 'createSurvey', {
    surveyId: 'nps', survey: { metric: 'NPS', template: 'nps', trigger: { interactionTypes: ['PURCHASE'] } },
  });
  assert.equal(survey.state, 'DRAFT');
  assert.equal((await call(SurveyService, 'activateSurvey', { surveyId: 'nps' })).state, 'ACTIVE');

  const [first] = (await buy('order-1')).dispatch;
  assert.equal(first.decision, 'INVITED');
  assert.match(first.link, /^http:\/\/.*\/s\//);
  const [second] = (await buy('order-2')).dispatch;
  assert.equal(second.decision, 'SKIPPED');
  assert.notEqual(second.reason, 'UNSPECIFIED');
  assert.ok(second.eligibleTime.seconds > seconds);

  const { response, consistencyToken } = await call(ResponseService, 'createResponse', {
    responseId: 'r1', invitationId: first.invitation, score: 0, comment: 'Chờ lâu quá', language: 'vi',
  });
  assert.equal(response.score, 0);
  assert.equal(response.customerId, 'lan');

  const { rows } = await call(ScoringService, 'getScores', { metric: 'NPS', consistencyToken: [consistencyToken] });
  assert.equal(rows.length, 1);
  assert.equal(rows[0].responses, 1);
  assert.equal(rows[0].score, -100);

  const { cases } = await call(CaseService, 'listCases', { consistencyToken: [consistencyToken] });
  assert.equal(cases.length, 1);
  assert.equal(cases[0].state, 'NEW');
  assert.equal(cases[0].answers[0].responseId, 'r1');
  const taken = await call(CaseService, 'acknowledgeCase', { caseId: cases[0].caseId, version: cases[0].version });
  assert.equal(taken.case.state, 'ACKNOWLEDGED');
  const history = await call(ScoringService, 'getHistory', { customerId: 'lan', consistencyToken: [taken.consistencyToken] });
  assert.deepEqual(history.entries.map((e) => e.kind).sort(), ['CASE', 'INTERACTION', 'INTERACTION', 'INVITATION', 'RESPONSE']);

  const refused = await call(ResponseService, 'createResponse', { responseId: 'r2', metric: 'NPS', score: 11 }).catch((e) => e);
  assert.equal(refused.code, grpc.status.INVALID_ARGUMENT);
  assert.ok(refused.metadata.get('grpc-status-details-bin')[0].includes('SCORE_OUT_OF_RANGE'));
  const stranger = await call(CaseService, 'listCases', {}, new grpc.Metadata()).catch((e) => e);
  assert.equal(stranger.code, grpc.status.UNAUTHENTICATED);
}

try {
  await walk();
  console.log('the main job, by @grpc/grpc-js: every step as the contract says');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const client of clients.values()) client.close();
}
