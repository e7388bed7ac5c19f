// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A Slurm of the test's own, in a temporary directory (slurm.sh). While it lives, SLURM_CONF names
// it, so that sbatch and netcaliper-cli of this process talk to it.

#include <unistd.h>

#include "private_postgres.h"

namespace cluster {

class PrivateSlurm {
public:
    /// Debian's packages slurmctld, slurmd, slurm-client, slurm-wlm-basic-plugins and munge.
    static bool isInstalled() {
        return std::system(
                   "PATH=$PATH:/usr/sbin; for p in munged slurmctld slurmd sbatch; do "
                   "command -v $p >/dev/null || exit 1; done") == 0;
    }

    PrivateSlurm() {
        setenv("SLURM_CONF", (m_dir / "slurm.conf").c_str(), 1);
        // Two ports that hardly anybody uses, others for each process.
        const int port = 20'000 + 2 * (getpid() % 6'000);
        m_runs = control("start", std::to_string(port));
    }
    ~PrivateSlurm() {
        control("stop", "");
        unsetenv("SLURM_CONF");
    }
    PrivateSlurm(const PrivateSlurm&) = delete;
    PrivateSlurm& operator=(const PrivateSlurm&) = delete;

    bool runs() const { return m_runs; }
    /// True while an array has tasks that run or wait.
    bool isBusy() const { return !outputOf("squeue --noheader").empty(); }

private:
    bool control(const std::string& action, const std::string& port) {
        return std::system((std::string("sh " NETCALIPER_CLUSTER_DIR "/slurm.sh ") + action + " '" +
                            (m_dir / "").string() + "' " + port + " >/dev/null")
                               .c_str()) == 0;
    }

    support::TemporaryDir m_dir;
    bool m_runs = false;
};

}  // namespace cluster
