import { getCACertificates, setDefaultCACertificates } from "node:tls";

/** Lets this process trust the local authority beside the usual ones, as NODE_EXTRA_CA_CERTS does for a whole program. @param ca PEM */
export function trust(ca: string): void {
  setDefaultCACertificates([...getCACertificates("default"), ca]);
}
