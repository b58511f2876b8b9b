// What Brug asks of Slack's Web API.
export type {
  AppsManifestCreateArguments,
  AssistantThreadsSetStatusArguments,
  AssistantThreadsSetSuggestedPromptsArguments,
  ChatPostEphemeralArguments,
  ChatPostMessageArguments,
  ChatScheduleMessageArguments,
  ChatUpdateArguments,
  ConversationsHistoryArguments,
  ConversationsOpenArguments,
  FilesCompleteUploadExternalArguments,
  FilesGetUploadURLExternalArguments,
  UsersInfoArguments,
  ViewsOpenArguments,
  ViewsPublishArguments,
  ViewsPushArguments,
  ViewsUpdateArguments,
} from '@slack/web-api';
