// What Slack sends to Brug.
import type {
  BlockAction,
  EnvelopedEvent,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type { BlockSuggestion } from '@slack/bolt/dist/types/options/index.js';
import type {
  AppHomeOpenedEvent,
  AppMentionEvent,
  AppUninstalledEvent,
  AssistantThreadContextChangedEvent,
  AssistantThreadStartedEvent,
  GenericMessageEvent,
  LinkSharedEvent,
  MemberJoinedChannelEvent,
  TokensRevokedEvent,
} from '@slack/types';

export type Slash = SlashCommand;
export type Actions = BlockAction;
export type Submit = ViewSubmitAction;
export type Closed = ViewClosedAction;
export type Suggest = BlockSuggestion;
export type GShortcut = GlobalShortcut;
export type MShortcut = MessageShortcut;
export type EvHome = EnvelopedEvent<AppHomeOpenedEvent>;
export type EvMessage = EnvelopedEvent<GenericMessageEvent>;
export type EvMention = EnvelopedEvent<AppMentionEvent>;
export type EvJoined = EnvelopedEvent<MemberJoinedChannelEvent>;
export type EvAssistant = EnvelopedEvent<AssistantThreadStartedEvent>;
export type EvAssistantContext = EnvelopedEvent<AssistantThreadContextChangedEvent>;
export type EvLink = EnvelopedEvent<LinkSharedEvent>;
export type EvTokens = EnvelopedEvent<TokensRevokedEvent>;
export type EvUninstalled = EnvelopedEvent<AppUninstalledEvent>;
