/**
 * Mail for everybody: whoever asks gets an address there. The ones that most people have, each with the names of its
 * own; lists of many thousands (https://github.com/Kikobeats/free-email-domains) hold domains of companies too, and
 * those would be refused.
 */
const providers = `
  gmail.com googlemail.com
  outlook.com outlook.de outlook.es outlook.fr outlook.it live.com live.ca live.co.uk live.de live.fr live.it live.nl
  hotmail.com hotmail.co.uk hotmail.de hotmail.es hotmail.fr hotmail.it msn.com onmicrosoft.com
  yahoo.com yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.de yahoo.es
  yahoo.fr yahoo.it ymail.com rocketmail.com aol.com aol.co.uk aol.de aim.com
  icloud.com me.com mac.com
  proton.me protonmail.com protonmail.ch pm.me tuta.com tutanota.com tutanota.de
  fastmail.com fastmail.fm hey.com hushmail.com zohomail.com mailbox.org posteo.de
  mail.com email.com gmx.com gmx.net gmx.at gmx.ch gmx.de gmx.fr web.de t-online.de freenet.de arcor.de
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr
  libero.it virgilio.it alice.it tiscali.it
  bluewin.ch telenet.be skynet.be ziggo.nl kpnmail.nl
  btinternet.com virginmedia.com talktalk.net ntlworld.com
  seznam.cz email.cz centrum.cz wp.pl o2.pl onet.pl interia.pl abv.bg ukr.net i.ua
  mail.ru bk.ru inbox.ru list.ru rambler.ru yandex.com yandex.ru ya.ru
  qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com
  naver.com hanmail.net daum.net nate.com docomo.ne.jp ezweb.ne.jp rediffmail.com
  comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net shaw.ca rogers.com
  bigpond.com optusnet.com.au uol.com.br bol.com.br terra.com.br ig.com.br
  mailinator.com yopmail.com guerrillamail.com 10minutemail.com
`;

const known: ReadonlySet<string> = new Set(providers.trim().split(/\s+/));

/** Whether addresses at a domain are anybody's. Exact: `acme.onmicrosoft.com` is a company's own. */
export function isMailProvider(domain: string): boolean {
  return known.has(domain);
}
