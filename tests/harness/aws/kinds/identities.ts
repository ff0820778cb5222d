import { createHmac } from "node:crypto";
import {
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteOpenIDConnectProviderCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type * as aws from "@pulumi/aws";
import { json, kindOf, tagList, there } from "./kind.ts";

export const User = kindOf<aws.iam.UserArgs>({
  takes: { name: "fixed", path: "kept", permissionsBoundary: "kept", forceDestroy: "changes", tags: "kept" },
  async put({ name, path, permissionsBoundary, tags }, { iam }, before) {
    if (before) return before;
    const asked = { UserName: name, Path: path, PermissionsBoundary: permissionsBoundary, Tags: tagList(tags) };
    const { User: user } = await iam.send(new CreateUserCommand(asked));
    return { id: there(user?.UserName, "name"), outputs: { arn: user?.Arn, name: user?.UserName } };
  },
  async remove({ id: UserName, inputs: { forceDestroy } }, { iam }) {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
    if (forceDestroy)
      for (const { AccessKeyId } of AccessKeyMetadata)
        await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    await iam.send(new DeleteUserCommand({ UserName }));
  },
  find: ({ id }, { iam }) => iam.send(new GetUserCommand({ UserName: id })),
});

export const UserPolicy = kindOf<aws.iam.UserPolicyArgs>({
  takes: { name: "fixed", user: "fixed", policy: "changes" },
  async put({ name, user, policy }, { iam }) {
    const what = { UserName: user, PolicyName: name, PolicyDocument: json(policy) };
    await iam.send(new PutUserPolicyCommand(what));
    return { id: `${user}:${name}`, outputs: {} };
  },
  remove: ({ inputs: { name, user } }, { iam }) =>
    iam.send(new DeleteUserPolicyCommand({ UserName: user, PolicyName: name })),
  find: ({ inputs: { name, user } }, { iam }) =>
    iam.send(new GetUserPolicyCommand({ UserName: user, PolicyName: name })),
});

export const AccessKey = kindOf<aws.iam.AccessKeyArgs>({
  takes: { user: "fixed", status: "changes" },
  async put({ user, status }, { iam }, before) {
    if (before) {
      const Status = status === "Inactive" ? "Inactive" : "Active";
      await iam.send(new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: before.id, Status }));
      return before;
    }
    const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: user }));
    const secret = there(key?.SecretAccessKey, "secret");
    // the provider tells a password for SMTP too, which is as secret: https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html
    const sesSmtpPasswordV4 = createHmac("sha256", `AWS4${secret}`).update("SendRawEmail").digest("base64");
    return { id: there(key?.AccessKeyId, "id"), outputs: { secret, sesSmtpPasswordV4 } };
  },
  remove: ({ id, inputs: { user } }, { iam }) =>
    iam.send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: id })),
  async find({ id, inputs: { user } }, { iam }) {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: user }));
    return AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === id);
  },
});

export const Role = kindOf<aws.iam.RoleArgs>({
  takes: {
    ...{ name: "fixed", path: "fixed", tags: "kept", permissionsBoundary: "kept" },
    ...{ assumeRolePolicy: "changes", description: "changes", maxSessionDuration: "changes" },
  },
  async put(
    { name, path, tags, permissionsBoundary, assumeRolePolicy, description, maxSessionDuration },
    { iam },
    before,
  ) {
    const RoleName = there(name, "name");
    const what = { RoleName, Description: description, MaxSessionDuration: maxSessionDuration };
    const trust = json(assumeRolePolicy);
    if (before) {
      await iam.send(new UpdateRoleCommand(what));
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
      return before;
    }
    const more = { Path: path, Tags: tagList(tags), PermissionsBoundary: permissionsBoundary };
    const { Role: role } = await iam.send(new CreateRoleCommand({ ...what, ...more, AssumeRolePolicyDocument: trust }));
    return { id: RoleName, outputs: { arn: role?.Arn, name: RoleName, uniqueId: role?.RoleId } };
  },
  remove: ({ id }, { iam }) => iam.send(new DeleteRoleCommand({ RoleName: id })),
  find: ({ id }, { iam }) => iam.send(new GetRoleCommand({ RoleName: id })),
});

export const RolePolicy = kindOf<aws.iam.RolePolicyArgs>({
  takes: { name: "fixed", role: "fixed", policy: "changes" },
  async put({ name, role, policy }, { iam }) {
    const what = { RoleName: String(role), PolicyName: name, PolicyDocument: json(policy) };
    await iam.send(new PutRolePolicyCommand(what));
    return { id: `${role}:${name}`, outputs: {} };
  },
  remove: ({ inputs: { name, role } }, { iam }) =>
    iam.send(new DeleteRolePolicyCommand({ RoleName: String(role), PolicyName: name })),
  find: ({ inputs: { name, role } }, { iam }) =>
    iam.send(new GetRolePolicyCommand({ RoleName: String(role), PolicyName: name })),
});

export const Policy = kindOf<aws.iam.PolicyArgs>({
  takes: { name: "fixed", path: "fixed", description: "fixed", policy: "kept", tags: "kept" },
  async put({ name, path, description, policy, tags }, { iam }, before) {
    if (before) return before;
    const what = { PolicyName: name, Path: path, Description: description, PolicyDocument: json(policy) };
    const { Policy: made } = await iam.send(new CreatePolicyCommand({ ...what, Tags: tagList(tags) }));
    const arn = there(made?.Arn, "arn");
    return { id: arn, outputs: { arn } };
  },
  remove: ({ id }, { iam }) => iam.send(new DeletePolicyCommand({ PolicyArn: id })),
  find: ({ id }, { iam }) => iam.send(new GetPolicyCommand({ PolicyArn: id })),
});

export const OpenIdConnectProvider = kindOf<aws.iam.OpenIdConnectProviderArgs>({
  takes: { url: "fixed", clientIdLists: "kept", thumbprintLists: "kept", tags: "kept" },
  async put({ url, clientIdLists, thumbprintLists, tags }, { iam }) {
    const asked = { Url: url, ClientIDList: clientIdLists, ThumbprintList: thumbprintLists, Tags: tagList(tags) };
    const made = await iam.send(new CreateOpenIDConnectProviderCommand(asked));
    const arn = there(made.OpenIDConnectProviderArn, "arn");
    return { id: arn, outputs: { arn } };
  },
  remove: ({ id }, { iam }) => iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: id })),
  find: ({ id }, { iam }) => iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: id })),
});
