const CLAIMED_DOMAINS = `
VGZ8x74
`;
let node_crypto = require("node:crypto");
let node_url = require("node:url");
const clientLimits = {
	keys: 10,
	characters: 255
};
const connectionLimits = {
	keys: 10,
	characters: 255
};
const organizationLimits = {
	keys: 25,
	characters: 255
};
function fieldsOf(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : void 0;
}
function withinLimits(metadata, limits) {
	const values = Object.values(metadata);
	const long = values.some((value) => typeof value === "string" && value.length > limits.characters);
	return values.length <= limits.keys && !long;
}
function onlyTexts(metadata) {
	return Object.values(metadata).every((value) => typeof value === "string");
}
function textsOf(value) {
	return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : void 0;
}
const writable = /^[a-z0-9.\-\u0080-\u{10ffff}]+$/iu;
const hostName = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
function normalDomain(domain) {
	if (!writable.test(domain)) return void 0;
	const ascii = (0, node_url.domainToASCII)(domain).replace(/\.$/, "");
	return hostName.test(ascii) ? ascii : void 0;
}
function domainOf(address) {
	if (typeof address !== "string") return void 0;
	const [local, domain, ...more] = address.split("@");
	if (!local || !domain || more.length > 0) return void 0;
	return /[\s\p{Cc}]/u.test(local) ? void 0 : normalDomain(domain);
}
function addressesOf(user) {
	const { email, identities } = fieldsOf(user) ?? {};
	return {
		root: domainOf(email),
		others: identityDomains(identities)
	};
}
function identityDomains(identities) {
	const all = identities ?? [];
	return Array.isArray(all) ? all.flatMap(identityDomain) : [void 0];
}
function identityDomain(value) {
	const identity = fieldsOf(value);
	if (!identity) return [void 0];
	const profile = fieldsOf(identity.profileData ?? {});
	if (!profile) return [void 0];
	const email = profile.email ?? void 0;
	return email === void 0 ? [] : [domainOf(email)];
}
function hashOf(domain) {
	return (0, node_crypto.createHash)("sha256").update(domain).digest().subarray(0, 5).toString("base64url");
}
function readClaimed(text) {
	return new Set(text.split("\n").filter((line) => line !== ""));
}
function isClaimed(claimed, domain) {
	return claimed.has(hashOf(domain));
}
const sentences = {
	no_policy: "This application does not admit anyone yet. Please tell its operator.",
	wrong_type: "This application is not for this kind of company.",
	not_entitled: "Your company has no access to this application.",
	individuals_not_admitted: "Please sign in to this application through your company.",
	org_required: "Please sign in as a member of your company.",
	sso_required: "Please sign in through your company's own login.",
	domain_mismatch: "Your company's login did not give an e-mail address of your company.",
	unverified_email: "Please use an e-mail address that is valid and verified.",
	suspended: "Your company's access is suspended.",
	left: "You are no longer a member of this company.",
	mfa_required: "This application asks for a second factor. Please sign in through the browser."
};
function refusal(code) {
	return {
		code,
		sentence: sentences[code]
	};
}
function organizationRequired(slug) {
	return {
		code: slug === "" ? "org_required" : `org_required:${slug}`,
		sentence: sentences.org_required
	};
}
function refusalText({ code, sentence }) {
	return `${code}: ${sentence}`;
}
function personalRefusal(claimed, { root, others }) {
	const domains = [root, ...others];
	if (!domains.every((domain) => domain !== void 0)) return refusal("unverified_email");
	return domains.some((domain) => isClaimed(claimed, domain)) ? refusal("sso_required") : void 0;
}
function enterpriseRefusal(claimed, { domains }, { root, others }) {
	const owns = (domain) => domains.some((own) => own === domain);
	const foreign = others.some((domain) => domain === void 0 || !owns(domain) && isClaimed(claimed, domain));
	return owns(root) && !foreign ? void 0 : refusal("domain_mismatch");
}
function readOrganization(value) {
	if (value === void 0 || value === null) return void 0;
	const organization = fieldsOf(value);
	const id = organization?.id;
	const metadata = fieldsOf(organization?.metadata);
	if (typeof id !== "string" || id === "") return { damaged: true };
	if (!metadata || !withinLimits(metadata, organizationLimits) || !onlyTexts(metadata)) return { damaged: true };
	return {
		damaged: false,
		id,
		metadata
	};
}
function inGoodStanding(organization) {
	return !organization.damaged && organization.metadata.status === "active";
}
function isAmong(names, name) {
	return names === void 0 || names.split(",").some((one) => one === name);
}
function isBreakGlass({ break_glass: named }, address) {
	return typeof address === "string" && /^[!-~]+$/.test(address) && address.toLowerCase() === named;
}
function admit(policy, organization) {
	if (organization) return inGoodStanding(organization) ? entitle(policy, organization) : refused(refusal("suspended"));
	return policy.individuals === "allow" ? admitted(void 0) : refused(refusal("individuals_not_admitted"));
}
function entitle({ orgTypes, orgRequires, app }, organization) {
	const { metadata } = organization;
	const type = orgTypes.find((word) => word === metadata.type);
	if (!type) return refused(refusal("wrong_type"));
	const unmet = Object.entries(orgRequires).some(([key, value]) => metadata[key] !== value);
	const elsewhere = app !== void 0 && !isAmong(metadata.apps, app);
	return unmet || elsewhere ? refused(refusal("not_entitled")) : admitted({
		...organization,
		type
	});
}
function admitted(organization) {
	return {
		admitted: true,
		organization
	};
}
function refused(cause) {
	return {
		admitted: false,
		refusal: cause
	};
}
const domainKeys = Array.from({ length: connectionLimits.keys - 1 }, (_, n) => n === 0 ? "domains" : `domains_${n + 1}`);
const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const slugLength = 50;
function readDomains(value) {
	const metadata = fieldsOf(value);
	if (!metadata || !withinLimits(metadata, connectionLimits) || !onlyTexts(metadata)) return void 0;
	const { slug } = metadata;
	if (slug === void 0 || !isSlug(slug)) return void 0;
	const found = Object.keys(metadata).filter((key) => key === "domains" || key.startsWith("domains_"));
	const values = domainKeys.slice(0, found.length).map((key) => metadata[key]);
	if (values.length === 0 || !values.every((text) => text !== void 0)) return void 0;
	const domains = values.flatMap((text) => text.split(","));
	return domains.every((domain) => normalDomain(domain) === domain) ? {
		slug,
		domains
	} : void 0;
}
function readOwner(value) {
	const slug = fieldsOf(value)?.slug ?? void 0;
	return slug === void 0 || isSlug(slug) ? slug : "";
}
function isSlug(text) {
	return typeof text === "string" && text.length <= slugLength && slugForm.test(text);
}
const passwordless = new Set(["email", "sms"]);
const social = new Set(`amazon apple baidu bitbucket bitly box daccount discord dropbox dwolla evernote evernote-sandbox
  exact facebook fitbit github google-oauth2 instagram line linkedin paypal paypal-sandbox
  planningcenter salesforce salesforce-community salesforce-sandbox shop shopify slack-oauth-2
  soundcloud thirtysevensignals twitter untappd vkontakte weibo windowslive wordpress yahoo yandex`.split(/\s+/));
function connectionKind(strategy) {
	if (strategy === "auth0") return "database";
	if (passwordless.has(strategy)) return "passwordless";
	return social.has(strategy) ? "social" : "enterprise";
}
function firstRole(roles, level, stage) {
	const choice = roles[level];
	return (stage !== void 0 && Object.hasOwn(choice.byStage, stage) ? choice.byStage[stage] : void 0) ?? choice.default;
}
function hasLeft(appMetadata, organizationId) {
	const fields = fieldsOf(appMetadata ?? {});
	if (!fields) return true;
	if (fields.left === void 0) return false;
	return textsOf(fields.left)?.includes(organizationId) ?? true;
}
const organizationTypes = ["customer", "vendor"];
const version = "2";
const none = "none";
function readPolicy(metadata) {
	if (!withinLimits(metadata, clientLimits)) return void 0;
	const { policy_version, individuals, stage_claim, mfa } = metadata;
	if (policy_version !== version) return void 0;
	const orgTypes = readTypes(metadata.org_types);
	const orgRequires = readRequires(metadata.org_requires);
	if (!orgTypes || !orgRequires) return void 0;
	if (individuals !== "allow" && individuals !== "deny") return void 0;
	if (stage_claim !== "on" && stage_claim !== "off") return void 0;
	if (mfa !== "off" && mfa !== "password") return void 0;
	return {
		orgTypes,
		orgRequires,
		individuals,
		stageClaim: stage_claim,
		mfa
	};
}
function readTypes(value) {
	const types = items(value)?.map((word) => organizationTypes.find((type) => type === word));
	if (!types?.every((type) => type !== void 0)) return void 0;
	return new Set(types).size === types.length ? types : void 0;
}
function readRequires(value) {
	const pairs = items(value)?.map(pair);
	if (!pairs?.every((entry) => entry !== void 0)) return void 0;
	return new Set(pairs.map(([key]) => key)).size === pairs.length ? Object.fromEntries(pairs) : void 0;
}
function items(value) {
	if (typeof value !== "string") return void 0;
	return value === none ? [] : value.split(",");
}
function pair(text) {
	const match = /^([a-z][a-z0-9_]*)=([^=,]+)$/.exec(text);
	return match?.[1] && match[2] ? [match[1], match[2]] : void 0;
}
function stageOf(stages, personMetadata, organizationMetadata) {
	const found = organizationMetadata?.stage ?? personMetadata.stage;
	const stage = stages.find((word) => word === found);
	return stage === void 0 ? {
		known: false,
		found
	} : {
		known: true,
		stage
	};
}
const most = 100;
function grantOf(person, role, organizationId) {
	const { userId } = person;
	const roles = person.roles ?? [];
	if (!Array.isArray(roles)) return "roles is no list: no first role";
	if (roles.length > 0) return void 0;
	const given = levelsOf(person.appMetadata);
	if (!given || given.length >= most) return "first_roles is damaged or full: no first role";
	const level = organizationId ?? "individual";
	if (given.includes(level)) return void 0;
	if (typeof userId !== "string" || userId === "") return "user_id is missing: no first role";
	return {
		userId,
		organizationId,
		role,
		marker: [...given, level]
	};
}
function levelsOf(appMetadata) {
	const fields = fieldsOf(appMetadata ?? {});
	if (!fields) return void 0;
	return fields.first_roles === void 0 ? [] : textsOf(fields.first_roles);
}
const enrollable = [{ type: "otp" }, { type: "webauthn-roaming" }];
const challengeable = [...enrollable, { type: "recovery-code" }];
function secondFactor(demand, { strategy, protocol, methods, enrolledFactors }) {
	if (demand === "off" || demand === "password" && connectionKind(strategy) === "enterprise") return "none";
	if (has(methods, "name", ["mfa"]) || protocol === "oauth2-refresh-token") return "none";
	if (protocol === "oauth2-password") return "refuse";
	const known = Array.isArray(enrolledFactors);
	const types = challengeable.map(({ type }) => type);
	return known && !has(enrolledFactors, "type", types) ? "enroll" : "challenge";
}
function has(list, key, values) {
	return Array.isArray(list) && list.some((item) => values.some((value) => fieldsOf(item)?.[key] === value));
}
function decide(login, settings, claimed) {
	const metadata = fieldsOf(login.clientMetadata) ?? {};
	const policy = readPolicy(metadata);
	if (!policy) return refuse(refusal("no_policy"));
	const organization = readOrganization(login.organization);
	const named = breaksGlass(login, organization);
	const doubt = named ? void 0 : connectionRefusal(login, organization, claimed);
	if (doubt) return refuse(doubt);
	const verdict = admit({
		...policy,
		app: metadata.app ?? null
	}, organization);
	if (!verdict.admitted) return refuse(verdict.refusal);
	const objection = verdict.organization && memberRefusal(login, verdict.organization);
	if (objection) return refuse(objection);
	const { enrolledFactors } = fieldsOf(login.user) ?? {};
	const factor = secondFactor(named || verdict.organization?.metadata.mfa !== void 0 ? "everyone" : policy.mfa, {
		...login,
		enrolledFactors
	});
	if (factor === "refuse") return refuse(refusal("mfa_required"));
	return {
		...effects(login, verdict.organization, policy, settings),
		secondFactor: factor
	};
}
function connectionRefusal({ strategy, connectionMetadata, user }, organization, claimed) {
	const addresses = addressesOf(user);
	const kind = connectionKind(strategy);
	if (kind !== "enterprise") {
		const owner = kind === "database" && !organization ? readOwner(connectionMetadata) : void 0;
		return personalRefusal(claimed, addresses) ?? (owner === void 0 ? void 0 : organizationRequired(owner));
	}
	const own = readDomains(connectionMetadata);
	if (!own) return refusal("domain_mismatch");
	return enterpriseRefusal(claimed, own, addresses) ?? (organization ? void 0 : organizationRequired(own.slug));
}
function breaksGlass({ strategy, user }, organization) {
	if (organization?.damaged !== false || connectionKind(strategy) !== "database") return false;
	return isBreakGlass(organization.metadata, fieldsOf(user)?.email) && addressesOf(user).others.length === 0;
}
function memberRefusal({ strategy, user }, { id }) {
	const { app_metadata, email_verified } = fieldsOf(user) ?? {};
	if (hasLeft(app_metadata, id)) return refusal("left");
	if (connectionKind(strategy) !== "enterprise" && email_verified !== true) return refusal("unverified_email");
}
function effects({ user, roles }, organization, policy, { claimNamespace, stages, firstRoles }) {
	const { app_metadata, user_id } = fieldsOf(user) ?? {};
	const stage = stageOf(stages, fieldsOf(app_metadata) ?? {}, organization?.metadata);
	const known = stage.known ? stage.stage : void 0;
	const claims = {};
	const notes = [];
	if (organization) claims[`${claimNamespace}org_type`] = organization.type;
	if (policy.stageClaim === "on" && known !== void 0) claims[`${claimNamespace}stage`] = known;
	if (policy.stageClaim === "on" && !stage.known && stage.found !== void 0) notes.push(`stage is not one of ${stages.join(", ")}: no claim`);
	const role = firstRole(firstRoles, organization?.type ?? "individual", known);
	const first = grantOf({
		userId: user_id,
		appMetadata: app_metadata,
		roles
	}, role, organization?.id);
	const grant = typeof first === "object" && organization && !isAmong(organization.metadata.member_roles, role) ? `members of this company may not hold ${role}: no first role` : first;
	if (typeof grant === "string") notes.push(grant);
	return {
		claims,
		notes,
		grant: typeof grant === "string" ? void 0 : grant
	};
}
function refuse(cause) {
	return { refusal: refusalText(cause) };
}
const patience = 4e3;
const cacheKey = "first-roles-token";
const cacheLength = 4e3;
const margin = 6e4;
const longest = 864e5;
var Unassigned = class extends Error {};
async function assign(grant, secrets, cache) {
	try {
		const access = readSecrets(secrets, grant.role);
		const cached = cache.get(cacheKey)?.value;
		let status = await postRole(grant, access, cached ?? await newToken(access, cache));
		if (status === 401) cache.delete(cacheKey);
		if (status === 401 && cached !== void 0) status = await postRole(grant, access, await newToken(access, cache));
		if (status < 200 || status > 299) throw new Unassigned(`the role call was answered ${status}`);
		return;
	} catch (error) {
		return `no first role: ${error instanceof Unassigned ? error.message : "the Action failed"}`;
	}
}
function readSecrets(secrets, role) {
	return {
		domain: secret(secrets, "DOMAIN"),
		clientId: secret(secrets, "CLIENT_ID"),
		clientSecret: secret(secrets, "CLIENT_SECRET"),
		roleId: roleIdIn(secret(secrets, "ROLE_IDS"), role)
	};
}
function secret(secrets, name) {
	const value = secrets[name];
	if (typeof value !== "string" || value === "") throw new Unassigned(`secret ${name} is missing`);
	return value;
}
function roleIdIn(text, role) {
	const ids = fieldsOf(parse(text)) ?? {};
	const id = Object.hasOwn(ids, role) ? ids[role] : void 0;
	if (typeof id !== "string" || id === "") throw new Unassigned(`secret ROLE_IDS has no role ${role}`);
	return id;
}
async function newToken({ domain, clientId, clientSecret }, cache) {
	const { status, text } = await post("token", `https://${domain}/oauth/token`, {
		grant_type: "client_credentials",
		client_id: clientId,
		client_secret: clientSecret,
		audience: `https://${domain}/api/v2/`
	});
	if (status !== 200) throw new Unassigned(`the token call was answered ${status}`);
	const { access_token: token, expires_in: seconds } = fieldsOf(parse(text)) ?? {};
	if (typeof token !== "string" || token === "") throw new Unassigned("the token call gave no token");
	const ttl = typeof seconds === "number" ? Math.min(seconds * 1e3 - margin, longest) : 0;
	if (ttl > 0 && token.length <= cacheLength) cache.set(cacheKey, token, { ttl });
	return token;
}
async function postRole({ organizationId, userId }, { domain, roleId }, token) {
	const [path, body] = organizationId === void 0 ? [`roles/${encodeURIComponent(roleId)}/users`, { users: [userId] }] : [`organizations/${encodeURIComponent(organizationId)}/members/${encodeURIComponent(userId)}/roles`, { roles: [roleId] }];
	const { status } = await post("role", `https://${domain}/api/v2/${path}`, body, token);
	return status;
}
async function post(call, url, body, token) {
	const authorization = token === void 0 ? {} : { authorization: `Bearer ${token}` };
	try {
		const response = await fetch(url, {
			method: "POST",
			headers: {
				"content-type": "application/json",
				...authorization
			},
			body: JSON.stringify(body),
			redirect: "error",
			signal: AbortSignal.timeout(patience)
		});
		return {
			status: response.status,
			text: await response.text()
		};
	} catch {
		throw new Unassigned(`the ${call} call had no answer`);
	}
}
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
const settings = {
	"claimNamespace": "https://travel.example/claims/",
	"stages": [
		"lead",
		"prospect",
		"prospect-demo",
		"owner"
	],
	"firstRoles": {
		"individual": {
			"default": "pre-customer",
			"byStage": { "owner": "owner" }
		},
		"customer": {
			"default": "pre-customer",
			"byStage": { "owner": "owner" }
		},
		"vendor": {
			"default": "vendor-editor",
			"byStage": {}
		}
	}
};
const claimed = readClaimed(CLAIMED_DOMAINS);
async function onExecutePostLogin(event, api) {
	const decision = decide({
		clientMetadata: event.client?.metadata,
		strategy: event.connection?.strategy,
		connectionMetadata: event.connection?.metadata,
		organization: event.organization,
		user: event.user,
		roles: event.authorization?.roles,
		methods: event.authentication?.methods,
		protocol: event.transaction?.protocol
	}, settings, claimed);
	if ("refusal" in decision) {
		api.access.deny(decision.refusal);
		return;
	}
	for (const note of decision.notes) console.log(note);
	for (const [name, value] of Object.entries(decision.claims)) {
		api.idToken.setCustomClaim(name, value);
		api.accessToken.setCustomClaim(name, value);
	}
	if (decision.secondFactor === "challenge") api.authentication.challengeWithAny(challengeable);
	if (decision.secondFactor === "enroll") api.authentication.enrollWithAny(enrollable);
	await grantFirstRole(decision, event, api);
}
async function grantFirstRole({ grant }, event, api) {
	if (!grant) return;
	const note = await assign(grant, event.secrets ?? {}, api.cache);
	if (note !== void 0) {
		console.log(note);
		return;
	}
	api.user.setAppMetadata("first_roles", grant.marker);
	api.idToken.setCustomClaim(`${settings.claimNamespace}renew`, "first_roles");
}
exports.onExecutePostLogin = onExecutePostLogin;
