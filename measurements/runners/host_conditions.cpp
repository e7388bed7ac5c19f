// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/host_conditions.h"

#include <sys/utsname.h>

#include <fstream>

#include "types/target.h"

namespace runners {
namespace {

/// "Intel(R) Xeon(R) Processor"; the architecture where the system does not provide the name.
std::string processorName() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        const auto colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos)
            return line.substr(colon + 2);
    }
    utsname system{};
    return uname(&system) == 0 ? system.machine : "";
}

}  // namespace

const char* programVersion() {
    return NETCALIPER_VERSION;
}

types::Conditions hostConditions(const RunRequest& request) {
    types::Conditions conditions = modelConditions(request);
    conditions.source = types::MeasurementSource::Host;
    conditions.board = "this machine";
    conditions.core = processorName();
    conditions.runtime = types::kNetcaliperRuntime;
    conditions.runtimeVersion = programVersion();
    conditions.kernels = request.kernels == lowering::Kernels::Fast ? "fast" : "reference";
    conditions.compiler = NETCALIPER_COMPILER;
    conditions.flags = NETCALIPER_FLAGS;
    return conditions;
}

}  // namespace runners
