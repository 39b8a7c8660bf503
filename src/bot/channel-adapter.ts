import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { AuthenticationError, type AuthenticateRequestResult } from 'botframework-connector';

/** What the SDK's token library throws for a token that does not hold; the SDK takes it for a fault of ours. */
const tokenErrors: readonly string[] = ['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError'];

function asRefusal(error: unknown): unknown {
  const isRefusal = error instanceof Error && tokenErrors.includes(error.name);
  return isRefusal ? new AuthenticationError('the token does not hold', 401) : error;
}

/** The adapter, which answers 401 to every token that is not good: the SDK answers 500 to a wrong signature. */
export class ChannelAdapter extends TeamsAdapter {
  protected override async processActivity(
    authorization: string | AuthenticateRequestResult,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    if (typeof authorization !== 'string') return super.processActivity(authorization, activity, logic);
    const { botFrameworkAuthentication } = this;
    const authenticated = await botFrameworkAuthentication
      .authenticateRequest(activity, authorization)
      .catch((error: unknown) => {
        throw asRefusal(error);
      });
    return super.processActivity(authenticated, activity, logic);
  }
}
