/**
 * Slack's rules for Block Kit, as far as they are known: `@slack/types` and slack_sdk, the smaller number where
 * they differ. Written apart from the adapter's own table, so that neither can excuse the other.
 */
type Json = Readonly<Record<string, unknown>>;
type Problem = string;

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What is wrong with the blocks of a message; empty when Slack would take them. */
export function findBlockProblems(blocks: unknown, surface: 'message' | 'modal' | 'home'): Problem[] {
  const problems: Problem[] = [];
  const all = listOf(blocks);
  const most = surface === 'message' ? 50 : 100;
  if (!Array.isArray(blocks)) return ['blocks must be an array'];
  if (all.length > most) problems.push(`no more than ${most} items allowed [/blocks]`);
  const blockIds = new Set<string>();
  const actionIds = new Set<string>();
  let total = 0;
  for (const [index, each] of all.entries()) {
    const block = record(each);
    const at = `/blocks/${index}`;
    checkBlock(block, at, surface, problems, actionIds);
    if (typeof block.block_id === 'string') {
      if (blockIds.has(block.block_id)) problems.push(`block_id already exists [${at}]`);
      blockIds.add(block.block_id);
      checkLength(block.block_id, 255, `${at}/block_id`, problems);
    }
    total += countText(block);
  }
  // Undocumented: bolt-js#2509 saw about 13,200 characters refused.
  if (surface === 'message' && total > 13_000) problems.push('msg_blocks_too_long');
  return problems;
}

function checkBlock(
  block: Json,
  at: string,
  surface: string,
  problems: Problem[],
  actionIds: Set<string>,
): void {
  switch (block.type) {
    case 'section':
      if (!block.text && !block.fields) problems.push(`missing required field: text [${at}]`);
      if (block.text) checkText(block.text, 3000, `${at}/text`, problems);
      if (listOf(block.fields).length > 10) problems.push(`no more than 10 items allowed [${at}/fields]`);
      for (const field of listOf(block.fields)) checkText(field, 2000, `${at}/fields`, problems);
      return;
    case 'header':
      checkText(block.text, 150, `${at}/text`, problems, 'plain_text');
      return;
    case 'divider':
      return;
    case 'context': {
      const elements = listOf(block.elements);
      if (elements.length < 1 || elements.length > 10) problems.push(`1 to 10 elements [${at}]`);
      for (const element of elements) checkText(element, 3000, `${at}/elements`, problems);
      return;
    }
    case 'image':
      checkPicture(block, at, problems);
      checkLength(block.alt_text, 2000, `${at}/alt_text`, problems);
      return;
    case 'actions': {
      const elements = listOf(block.elements);
      if (elements.length < 1 || elements.length > 25) problems.push(`1 to 25 elements [${at}]`);
      for (const [index, element] of elements.entries()) {
        checkElement(record(element), `${at}/elements/${index}`, problems, actionIds);
      }
      return;
    }
    case 'rich_text':
      checkRichText(listOf(block.elements), at, problems);
      return;
    case 'input':
      if (surface !== 'modal') problems.push(`input is not allowed here [${at}]`);
      checkText(block.label, 2000, `${at}/label`, problems, 'plain_text');
      if (block.hint) checkText(block.hint, 2000, `${at}/hint`, problems, 'plain_text');
      checkElement(record(block.element), `${at}/element`, problems, null);
      return;
    default:
      problems.push(`unsupported type: ${String(block.type)} [${at}]`);
  }
}

/** By its public address or as a file in Slack, never both; whether that file is there is for the peer to say. */
function checkPicture(block: Json, at: string, problems: Problem[]): void {
  if (block.slack_file !== undefined) {
    const { id } = record(block.slack_file);
    if (block.image_url !== undefined) problems.push(`image_url and slack_file exclude each other [${at}]`);
    if (!/^F[A-Z0-9]{5,}$/.test(String(id))) problems.push(`must match ^F[A-Z0-9]+$ [${at}/slack_file/id]`);
    return;
  }
  if (!/^https?:\/\//.test(String(block.image_url))) problems.push(`invalid image_url [${at}]`);
  checkLength(block.image_url, 3000, `${at}/image_url`, problems);
}

const selects = new Set(['static_select', 'users_select', 'conversations_select']);

function checkElement(element: Json, at: string, problems: Problem[], actionIds: Set<string> | null): void {
  const actionId = element.action_id;
  checkLength(actionId, 255, `${at}/action_id`, problems);
  if (actionIds && typeof actionId === 'string') {
    if (actionIds.has(actionId)) problems.push(`action_id already exists [${at}]`);
    actionIds.add(actionId);
  }
  if (element.confirm) checkConfirm(record(element.confirm), `${at}/confirm`, problems);
  if (element.placeholder) checkText(element.placeholder, 150, `${at}/placeholder`, problems, 'plain_text');
  const type = String(element.type);
  if (type === 'button') {
    checkText(element.text, 75, `${at}/text`, problems, 'plain_text');
    if (element.value !== undefined) checkLength(element.value, 2000, `${at}/value`, problems);
    if (element.style !== undefined && !['primary', 'danger'].includes(String(element.style))) {
      problems.push(`invalid style [${at}]`);
    }
    return;
  }
  if (selects.has(type)) {
    checkSelect(element, at, problems);
    return;
  }
  if (type === 'plain_text_input') {
    checkTextInput(element, at, problems);
    return;
  }
  if (type === 'file_input') {
    const most = Number(element.max_files ?? 10);
    if (most < 1 || most > 10) problems.push(`max_files is 1 to 10 [${at}]`);
    return;
  }
  problems.push(`unsupported element type: ${type} [${at}]`);
}

function checkSelect(element: Json, at: string, problems: Problem[]): void {
  if (element.type !== 'static_select') return;
  const options = listOf(element.options).map(record);
  if (options.length < 1 || options.length > 100) problems.push(`1 to 100 options [${at}]`);
  for (const option of options) {
    checkText(option.text, 75, `${at}/options/text`, problems, 'plain_text');
    checkLength(option.value, 75, `${at}/options/value`, problems);
    if (option.description) {
      checkText(option.description, 75, `${at}/options/description`, problems, 'plain_text');
    }
  }
  if (!element.initial_option) return;
  const initial = JSON.stringify(element.initial_option);
  if (!options.some((option) => JSON.stringify(option) === initial)) {
    problems.push(`initial_option is none of the options [${at}]`);
  }
}

function checkTextInput(element: Json, at: string, problems: Problem[]): void {
  const most = Number(element.max_length ?? 3000);
  if (most < 1 || most > 3000) problems.push(`max_length is 1 to 3000 [${at}]`);
  const initial = element.initial_value;
  if (initial === undefined) return;
  if (typeof initial !== 'string' || initial.length > most) {
    problems.push(`initial_value is longer than max_length [${at}]`);
  }
}

function checkConfirm(confirm: Json, at: string, problems: Problem[]): void {
  checkText(confirm.title, 100, `${at}/title`, problems, 'plain_text');
  checkText(confirm.text, 300, `${at}/text`, problems);
  checkText(confirm.confirm, 30, `${at}/confirm`, problems, 'plain_text');
  checkText(confirm.deny, 30, `${at}/deny`, problems, 'plain_text');
}

const richKinds = new Set(['text', 'link', 'user', 'channel', 'date', 'emoji']);

function checkRichText(elements: readonly unknown[], at: string, problems: Problem[]): void {
  if (elements.length === 0) problems.push(`rich_text needs elements [${at}]`);
  for (const each of elements.map(record)) {
    if (each.type === 'rich_text_list') {
      checkRichText(listOf(each.elements), at, problems);
      continue;
    }
    if (each.type !== 'rich_text_section') {
      problems.push(`unsupported rich text: ${String(each.type)} [${at}]`);
      continue;
    }
    for (const part of listOf(each.elements).map(record)) checkRichPart(part, at, problems);
  }
}

function checkRichPart(part: Json, at: string, problems: Problem[]): void {
  if (!richKinds.has(String(part.type))) problems.push(`unsupported rich text: ${String(part.type)} [${at}]`);
  if (part.type === 'text') checkLength(part.text, 3000, `${at}/text`, problems);
  if (part.type === 'link' && !/^(https?|mailto):/.test(String(part.url))) {
    problems.push(`invalid url [${at}]`);
  }
  if (part.type === 'user' && !/^[UW]/.test(String(part.user_id))) problems.push(`invalid user_id [${at}]`);
  if (part.type === 'channel' && !/^[CDG]/.test(String(part.channel_id))) {
    problems.push(`invalid channel_id [${at}]`);
  }
  if (part.type === 'date' && !Number.isInteger(part.timestamp)) problems.push(`invalid timestamp [${at}]`);
}

/** What is wrong with a modal or a home view. */
export function findViewProblems(given: unknown): Problem[] {
  const view = record(given);
  const surface = view.type === 'home' ? 'home' : 'modal';
  const problems = findBlockProblems(view.blocks, surface);
  if (surface === 'modal') {
    checkText(view.title, 24, '/view/title', problems, 'plain_text');
    if (view.submit) checkText(view.submit, 24, '/view/submit', problems, 'plain_text');
    if (view.close) checkText(view.close, 24, '/view/close', problems, 'plain_text');
    const asks = listOf(view.blocks).some((block) => record(block).type === 'input');
    if (asks && !view.submit) problems.push('submit is required when there are inputs [/view]');
  }
  if (view.callback_id !== undefined) checkLength(view.callback_id, 255, '/view/callback_id', problems);
  if (view.private_metadata !== undefined && String(view.private_metadata).length > 3000) {
    problems.push('private_metadata is longer than 3000 [/view]');
  }
  if (JSON.stringify(view).length > 250_000) problems.push('view_too_large');
  return problems;
}

function checkText(value: unknown, most: number, at: string, problems: Problem[], only?: 'plain_text'): void {
  const text = record(value);
  if (text.type !== 'plain_text' && text.type !== 'mrkdwn') problems.push(`not a text object [${at}]`);
  if (only && text.type !== only) problems.push(`must be ${only} [${at}]`);
  checkLength(text.text, most, at, problems);
}

function checkLength(value: unknown, most: number, at: string, problems: Problem[]): void {
  if (typeof value !== 'string') problems.push(`must be a string [${at}]`);
  else if (value.length < 1) problems.push(`must be more than 0 characters [${at}]`);
  else if (value.length > most) problems.push(`must be less than ${most + 1} characters [${at}]`);
}

function countText(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let total = 0;
  for (const [key, each] of Object.entries(value)) {
    total += key === 'text' && typeof each === 'string' ? each.length : countText(each);
  }
  return total;
}
