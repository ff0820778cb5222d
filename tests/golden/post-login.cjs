Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
// access/words.ts
const organizationTypes = ["customer", "vendor"];
// access/policy.ts
const version = "1";
const none = "none";
function readPolicy(metadata) {
	const { policy_version, org_types, org_requires, individuals, stage_claim } = metadata;
	if (policy_version !== version) return void 0;
	const orgTypes = items(org_types)?.map((word) => organizationTypes.find((type) => type === word));
	const orgRequires = items(org_requires)?.map(pair);
	if (!orgTypes?.every((type) => type !== void 0)) return void 0;
	if (!orgRequires?.every((entry) => entry !== void 0)) return void 0;
	if (new Set(orgTypes).size !== orgTypes.length) return void 0;
	if (new Set(orgRequires.map(([key]) => key)).size !== orgRequires.length) return void 0;
	if (individuals !== "allow" && individuals !== "deny") return void 0;
	if (stage_claim !== "on" && stage_claim !== "off") return void 0;
	return {
		orgTypes,
		orgRequires: Object.fromEntries(orgRequires),
		individuals,
		stageClaim: stage_claim
	};
}
function items(value) {
	if (typeof value !== "string" || value === "") return void 0;
	return value === none ? [] : value.split(",");
}
function pair(text) {
	const match = /^([a-z][a-z0-9_]*)=([^=,]+)$/.exec(text);
	return match?.[1] && match[2] ? [match[1], match[2]] : void 0;
}
// access/admit.ts
function admit({ clientMetadata, organizationMetadata }) {
	const policy = readPolicy(clientMetadata);
	if (!policy) return refuse("no_policy", "This application does not admit anyone yet. Please tell its operator.");
	if (organizationMetadata === void 0) return policy.individuals === "allow" ? {
		admitted: true,
		policy
	} : refuse("individuals_not_admitted", "Please sign in to this application through your company.");
	return admitOrganization(policy, organizationMetadata);
}
function admitOrganization(policy, metadata) {
	if (metadata.status !== "active") return refuse("suspended", "Your company's access is suspended.");
	if (!policy.orgTypes.some((type) => type === metadata.type)) return refuse("wrong_type", "This application is not for this kind of company.");
	if (Object.entries(policy.orgRequires).some(([key, value]) => metadata[key] !== value)) return refuse("not_entitled", "Your company has no access to this application.");
	return {
		admitted: true,
		policy
	};
}
function refuse(code, sentence) {
	return {
		admitted: false,
		code,
		sentence
	};
}
// access/stage.ts
function stageOf(stages, personMetadata, organizationMetadata) {
	const found = organizationMetadata?.stage ?? personMetadata.stage;
	return typeof found === "string" && stages.includes(found) ? {
		known: true,
		stage: found
	} : {
		known: false,
		found
	};
}
// actions/post-login/decide.ts
function decide(login, settings) {
	const verdict = admit(login);
	if (!verdict.admitted) return { refusal: `${verdict.code}: ${verdict.sentence}` };
	const claims = {};
	const notes = [];
	const claim = (name, value) => {
		claims[`${settings.claimNamespace}${name}`] = value;
	};
	const type = login.organizationMetadata?.type;
	if (typeof type === "string") claim("org_type", type);
	if (verdict.policy.stageClaim === "on") {
		const stage = stageOf(settings.stages, login.personMetadata, login.organizationMetadata);
		if (stage.known) claim("stage", stage.stage);
		else if (stage.found !== void 0) notes.push(`stage is not one of ${settings.stages.join(", ")}: no claim`);
	}
	return {
		claims,
		notes
	};
}
// actions/post-login/index.ts
async function onExecutePostLogin(event, api) {
	const { organization } = event;
	const decision = decide({
		clientMetadata: metadataOf(event.client?.metadata),
		organizationMetadata: organization == null ? void 0 : metadataOf(organization.metadata),
		personMetadata: metadataOf(event.user?.app_metadata)
	}, {
		"claimNamespace": "https://travel.example/claims/",
		"stages": [
			"lead",
			"prospect",
			"prospect-demo",
			"owner"
		]
	});
	if ("refusal" in decision) {
		api.access.deny(decision.refusal);
		return;
	}
	for (const note of decision.notes) console.log(note);
	for (const [name, value] of Object.entries(decision.claims)) {
		api.idToken.setCustomClaim(name, value);
		api.accessToken.setCustomClaim(name, value);
	}
}
function metadataOf(value) {
	return typeof value === "object" && value !== null ? { ...value } : {};
}
exports.onExecutePostLogin = onExecutePostLogin;
