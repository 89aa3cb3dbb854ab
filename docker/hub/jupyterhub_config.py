"""A hub that starts the students' image with DockerSpawner; docs/jupyterhub.md explains it.

JupyterHub runs this file, and gives it `get_config`.
"""

import os

c = get_config()  # noqa: F821

# Where students work is a volume of theirs, which outlives the container.
WORK = "/home/student/work"

c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
c.DockerSpawner.image = "autograder-student"
c.DockerSpawner.pull_policy = "never"  # built on this machine
c.DockerSpawner.notebook_dir = WORK
c.DockerSpawner.volumes = {"autograder-work-{username}": WORK}
c.DockerSpawner.mem_limit = "4G"
c.DockerSpawner.cpu_limit = 2
c.DockerSpawner.remove = True
c.DockerSpawner.network_name = os.environ["HUB_NETWORK"]
c.DockerSpawner.extra_host_config = {
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "pids_limit": 512,
    "init": True,
}
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120

# The hub is a container beside theirs, and is found by its name.
c.JupyterHub.hub_ip = "0.0.0.0"
c.JupyterHub.hub_connect_ip = os.environ["HUB_NAME"]

# Whoever knows the password is who they say: for a try alone. A course takes its LMS or single sign-on.
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ["HUB_PASSWORD"]
c.Authenticator.allow_all = True
