// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// AgentJob: what an agent (firmware/agent) is asked to run: the Program lowered for its core, where
// it is kept, and the inputs of every invoke; and what it should compute.

#include "firmware/agent/wire.h"
#include "runners/qemu_job.h"

namespace runners {

struct AgentJob {
    QemuJob made;  ///< order, invokes and expected checksums
    std::vector<uint8_t> program;
    uint32_t checksum = 0;
    firmware::Store store = firmware::Store::Ram;
    /// Per invoke, the bytes of each input.
    std::vector<std::vector<std::vector<uint8_t>>> inputs;
    std::vector<std::string> layers;  ///< names for messages, by operator
    int repeats = 0;  ///< inferences that are timed; one more is compared with this machine's

    size_t hops() const { return static_cast<size_t>(made.invokesPerOutput); }
    /// firmware::Run::inputsChecksum of an invoke.
    uint32_t inputsChecksum(size_t invoke) const;
};

/// An Error where the agent was built from other sources, or where the model does not fit it.
types::Result<AgentJob> makeAgentJob(const RunRequest& request, const firmware::AgentInfo& info);

}  // namespace runners
