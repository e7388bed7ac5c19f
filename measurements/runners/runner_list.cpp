// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <ctime>

#include "bytes/sha256.h"
#include "runners/host_session.h"
#include "runners/qemu_runner.h"
#include "runners/runner.h"
#include "runners/serial_session.h"

namespace runners {
namespace {

using namespace types;

std::string usage(const Runner& runner) {
    return *runner.detail ? runner.name + std::string(":") + runner.detail : runner.name;
}

std::string knownTargets() {
    std::string known;
    for (const Runner& runner : allRunners())
        known += (known.empty() ? "" : ", ") + usage(runner);
    return known;
}

/// The time now in ISO 8601, UTC.
std::string now() {
    const std::time_t seconds = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

}  // namespace

const std::vector<Runner>& allRunners() {
    static const std::vector<Runner> runners = {
        {"host", "", "this machine, layer by layer", measureOnHost},
        {"serial", "DEVICE[@BAUD]",
         "a board with the agent, or that prints a log: serial:/dev/ttyACM0", measureOnSerial},
        {"qemu-cortex-m0plus", "",
         "code for a Cortex-M0+, plain kernels, on an emulated Cortex-M3: instructions",
         runOnQemuM0Plus},
        {"qemu-cortex-m4", "", "an emulated Cortex-M4: instructions", runOnQemuM4},
        {"qemu-cortex-m7", "", "an emulated Cortex-M7: instructions", runOnQemuM7},
        {"qemu-cortex-m33", "", "an emulated Cortex-M33: instructions", runOnQemuM33},
        {"qemu-cortex-m55", "", "an emulated Cortex-M55: instructions", runOnQemuM55},
        {"qemu-riscv32", "", "an emulated RISC-V RV32IMC: instructions", runOnQemuRv32},
    };
    return runners;
}

Result<Session> runOn(const std::string& target, const RunRequest& request,
                      const types::Work& work) {
    const auto colon = target.find(':');
    const std::string name = target.substr(0, colon);
    const std::string detail = colon == std::string::npos ? "" : target.substr(colon + 1);
    const auto& runners = allRunners();
    const auto runner = std::find_if(runners.begin(), runners.end(),
                                     [&](const Runner& r) { return r.name == name; });
    if (runner == runners.end())
        return fail("unknown target", target, "choose one of " + knownTargets());
    if ((*runner->detail != 0) != !detail.empty())
        return fail("incomplete or malformed target", target, "write " + usage(*runner));
    if (request.repeats.value_or(1) < 1)
        return fail("nothing to repeat", target, "ask for one inference or more");
    const std::string startedAt = now();
    auto session = runner->run(detail, request, work);
    if (session && session->startedAt.empty()) session->startedAt = startedAt;
    return session;
}

Conditions modelConditions(const RunRequest& request) {
    Conditions conditions;
    conditions.modelName = request.graph->name + ".tflite";
    conditions.modelHash = bytes::sha256(request.modelFile.view());
    return conditions;
}

}  // namespace runners
