"""Brings outputs, attachments, ids and a kernel's name that are scripts, commands and paths for whoever opens it.

Nothing of it is read in grading: cells run from their source alone, and the wrong answer is wrong.
"""

# %% set discount_rewards
{
    "outputs": [
        {
            "output_type": "display_data",
            "data": {
                "text/html": "<script>fetch('/api/contents')</script><img src=x onerror=alert(1)>",
                "application/javascript": "Jupyter.notebook.kernel.execute('import os')",
                "image/svg+xml": "<svg onload=alert(1)>",
                "text/latex": "\\\\input{/etc/passwd}",
                "text/plain": "\u202e001 :erocs \x1b]0;owned\x07\x1b[2J",
            },
            "metadata": {"isolated": False, "trusted": True},
        },
        {"output_type": "stream", "name": "stderr", "text": ["\x1b[31m", "passed passed passed"]},
        {
            "output_type": "error",
            "ename": "<b>AssertionError</b>",
            "evalue": "=cmd|'/C calc'!A0",
            "traceback": ["{{ 7 * 7 }}", "${jndi:ldap://127.0.0.1/a}"],
        },
    ],
    "attachments": {
        "../../../../etc/cron.d/owned": {"image/png": "AAAA"},
        "/tmp/owned": {"a/b": "AA"},
    },
    "metadata": {"trusted": True, "name": "<script>", "tags": ["../..", "remove_cell"]},
}

# %% set discount_rewards_solution
{"metadata": {"collapsed": "\u202e", "jupyter": {"source_hidden": True, "outputs_hidden": True}}}

# %% set plot_returns
{"id": "../../../owned", "outputs": [{"output_type": "update_display_data", "data": {}}]}

# %% set notebook
{
    "metadata": {
        "kernelspec": {
            "name": "python3; touch /tmp/owned; $(touch /tmp/owned) `id`",
            "display_name": "<script>alert(1)</script>\u202e",
            "language": "../../bin/sh",
        },
        "language_info": {
            "name": "bash",
            "file_extension": "/../../../owned",
            "mimetype": "text/x-sh",
        },
        "title": "{% include '/etc/passwd' %}",
        "authors": [{"name": "=HYPERLINK(1)"}],
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a": []}}},
    }
}


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    return "<script>document.write('15 / 15')</script>\x1b[2J\u202e"
