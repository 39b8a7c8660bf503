/** Name, addresses and identities that an invited account gets (facts 6.4). */
export function externalShape(mail: string, initialDomain: string) {
  return {
    userPrincipalName: `${mail.replace('@', '_')}#EXT#@${initialDomain}`,
    mail,
    mailNickname: `${mail.replace('@', '_')}#EXT#`,
    otherMails: [mail],
    proxyAddresses: [`SMTP:${mail}`],
    creationType: 'Invitation' as const,
    identities: [{ signInType: 'federated', issuer: 'ExternalAzureAD', issuerAssignedId: '' }],
  };
}
