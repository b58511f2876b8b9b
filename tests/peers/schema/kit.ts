// What Brug shows in Slack. KnownBlock instead of Slack's AnyBlock, which admits any {type}.
import type {
  HomeView,
  KnownBlock,
  MessageMetadata,
  ModalView,
  Option,
  OptionGroup,
} from '@slack/types';

/** views.open, views.push, views.update */
export interface Modal extends Omit<ModalView, 'blocks'> {
  blocks: KnownBlock[];
}

/** views.publish */
export interface Home extends Omit<HomeView, 'blocks'> {
  blocks: KnownBlock[];
}

/** The blocks of a message. */
export type MessageBlocks = KnownBlock[];

export type Metadata = MessageMetadata;

/** The answer to a block_suggestion. */
export type Suggestions = { options: Option[] } | { option_groups: OptionGroup[] };
