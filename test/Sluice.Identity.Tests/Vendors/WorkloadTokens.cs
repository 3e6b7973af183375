using static Sluice.Identity.Tests.Vendors.TokenKind;

namespace Sluice.Identity.Tests.Vendors;

/// <summary>
/// Tokens that platforms give their workloads to show elsewhere. Their issuers call most of them ID tokens; there are no others, and presenting them to
/// another service is what they are for.
/// </summary>
internal static class WorkloadTokens
{
    public static readonly TokenKind[] All =
    [
        new("Google, a service account", "https://accounts.google.com", Jwt,
            """{"aud":"https://kafka.example","azp":"1122","email":"orders@acme.iam.gserviceaccount.com","email_verified":true,"sub":"1122"}"""),
        new("Google, a virtual machine", "https://accounts.google.com", Jwt,
            """{"aud":"https://kafka.example","azp":"1122","email":"1-compute@developer.gserviceaccount.com","email_verified":true,"google":{"compute_engine":{"instance_id":"9","instance_name":"vm","project_id":"acme","zone":"europe-west1-b"}},"sub":"1122"}"""),
        new("Google, a service account that asks for itself", "https://accounts.google.com", Jwt,
            """{"aud":"1122","azp":"1122","sub":"1122"}"""),
        new("Kubernetes, projected", "https://kubernetes.default.svc.cluster.local", Plain,
            """{"aud":["kafka-rest"],"jti":"j","kubernetes.io":{"namespace":"orders","node":{"name":"n1","uid":"u"},"pod":{"name":"producer-0","uid":"u"},"serviceaccount":{"name":"producer","uid":"u"},"warnafter":1795525207},"nbf":1795521000,"sub":"system:serviceaccount:orders:producer"}"""),
        new("EKS, for STS", "https://oidc.eks.eu-west-1.amazonaws.com/id/A", Plain,
            """{"aud":["sts.amazonaws.com"],"kubernetes.io":{"namespace":"orders","pod":{"name":"p","uid":"u"},"serviceaccount":{"name":"producer","uid":"u"}},"nbf":1795521000,"sub":"system:serviceaccount:orders:producer"}"""),
        new("AWS STS, a web identity token", "https://1234.tokens.sts.global.api.aws", Jwt,
            """{"aud":"kafka","sub":"arn:aws:iam::1:role/orders","jti":"j","https://sts.amazonaws.com/":{"aws_account":"1","source_region":"eu-west-1","principal_id":"arn:aws:iam::1:role/orders"}}"""),
        new("GitHub Actions", "https://token.actions.githubusercontent.com", Jwt,
            """{"jti":"j","sub":"repo:acme/orders:environment:prod","aud":"https://github.com/acme","ref":"refs/heads/main","sha":"0f","repository":"acme/orders","repository_owner":"acme","repository_owner_id":"1","run_id":"1","run_number":"1","run_attempt":"1","repository_visibility":"private","repository_id":"2","actor_id":"3","actor":"alice","workflow":"ci","head_ref":"","base_ref":"","event_name":"push","ref_protected":"true","ref_type":"branch","environment":"prod","enterprise":"acme","job_workflow_ref":"acme/orders/.github/workflows/ci.yml@refs/heads/main","job_workflow_sha":"0f","workflow_ref":"w","workflow_sha":"0f","runner_environment":"github-hosted","check_run_id":"4","nbf":1795521000}"""),
        new("GitLab CI", "https://gitlab.example", Plain,
            """{"namespace_id":"1","namespace_path":"acme","project_id":"2","project_path":"acme/orders","user_id":"3","user_login":"alice","user_email":"alice@acme.example","user_access_level":"owner","user_identities":[{"provider":"saml","extern_uid":"a"}],"pipeline_id":"4","pipeline_source":"push","job_id":"5","ref":"main","ref_type":"branch","ref_path":"refs/heads/main","ref_protected":"true","groups_direct":["acme"],"environment":"prod","environment_protected":"false","deployment_tier":"production","environment_action":"start","runner_id":6,"runner_environment":"self-hosted","sha":"0f","project_visibility":"private","ci_config_ref_uri":"u","ci_config_sha":"0f","jti":"j","nbf":1795521000,"sub":"project_path:acme/orders:ref_type:branch:ref:main","aud":"kafka-rest"}"""),
        new("CircleCI", "https://oidc.circleci.com/org/o", """{"typ":"JWT"}""",
            """{"aud":"o","oidc.circleci.com/context-ids":["c"],"oidc.circleci.com/job-id":"j","oidc.circleci.com/project-id":"p","oidc.circleci.com/ssh-rerun":false,"oidc.circleci.com/vcs-origin":"v","oidc.circleci.com/vcs-ref":"refs/heads/main","sub":"org/o/project/p/user/u"}"""),
        new("Buildkite", "https://agent.buildkite.com", Plain,
            """{"sub":"organization:acme:pipeline:orders:ref:refs/heads/main:commit:0f:step:build","aud":"kafka","nbf":1795521000,"organization_slug":"acme","pipeline_slug":"orders","build_number":1,"build_branch":"main","build_tag":null,"build_commit":"0f","step_key":"build","job_id":"j","agent_id":"a","build_source":"webhook","runner_environment":"self-hosted"}"""),
        new("Bitbucket Pipelines", "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc", Plain,
            """{"sub":"{r}:{s}","aud":"ari:cloud:bitbucket::workspace/w","stepUuid":"{s}","repositoryUuid":"{r}","pipelineUuid":"{p}","workspaceUuid":"{w}","branchName":"main","deploymentEnvironmentUuid":"{d}"}"""),
        new("Terraform Cloud", "https://app.terraform.io", Jwt,
            """{"jti":"j","aud":"kafka","nbf":1795521000,"sub":"organization:acme:project:p:workspace:orders:run_phase:apply","terraform_run_phase":"apply","terraform_workspace_id":"ws-1","terraform_workspace_name":"orders","terraform_organization_id":"org-1","terraform_organization_name":"acme","terraform_project_id":"prj-1","terraform_project_name":"p","terraform_run_id":"run-1","terraform_full_workspace":"organization:acme:project:p:workspace:orders"}"""),
        new("Azure DevOps", "https://vstoken.dev.azure.com/o", Jwt,
            """{"jti":"j","sub":"sc://acme/orders/kafka","aud":"api://AzureADTokenExchange","nbf":1795521000}"""),
        new("Spacelift, with a scope of its own", "https://acme.app.spacelift.io", Jwt,
            """{"sub":"space:root:stack:orders:run_type:TRACKED:scope:write","aud":"acme.app.spacelift.io","nbf":1795521000,"jti":"j","spaceId":"root","callerType":"stack","callerId":"orders","runType":"TRACKED","runId":"r","scope":"write"}"""),
        new("Vercel", "https://oidc.vercel.com/acme", """{"typ":"JWT"}""",
            """{"sub":"owner:acme:project:orders:environment:production","scope":"owner:acme:project:orders:environment:production","aud":"https://vercel.com/acme","owner":"acme","owner_id":"t","project":"orders","project_id":"p","environment":"production","nbf":1795521000}"""),
        new("HashiCorp Vault", "https://vault.example/v1/identity/oidc", Plain,
            """{"aud":"client","namespace":"root","sub":"entity-1"}"""),
        new("Cloudflare Access, a service, whose sub is empty", "https://acme.cloudflareaccess.com", Jwt,
            """{"type":"app","aud":["tag"],"common_name":"orders.access","sub":""}""", "claims.common_name"),
        new("Cloudflare Access, a person", "https://acme.cloudflareaccess.com", Jwt,
            """{"type":"app","aud":["tag"],"email":"alice@acme.example","nbf":1795521000,"identity_nonce":"n","sub":"7f","country":"NL"}"""),
        new("HashiCorp Nomad", "https://nomad.example", Jwt,
            """{"aud":"kafka","sub":"global:default:orders:producer:main:kafka","nbf":1795521000,"jti":"j","nomad_namespace":"default","nomad_job_id":"orders","nomad_task":"main","nomad_allocation_id":"a"}"""),
        new("Jenkins", "https://jenkins.example/oidc", Plain,
            """{"sub":"https://jenkins.example/job/orders/","aud":"kafka","build_number":7}"""),
        new("SPIFFE JWT-SVID", "https://spire.example", Jwt,
            """{"aud":["kafka"],"sub":"spiffe://acme.example/ns/orders/sa/producer"}"""),
    ];
}
