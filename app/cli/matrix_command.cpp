// SPDX-License-Identifier: GPL-3.0-or-later
#include "matrix_command.h"

#include "matrix_output.h"
#include "progress_line.h"
#include "runners/firmware_build.h"
#include "session_models.h"
#include "stop_on_signal.h"
#include "store/model_table.h"
#include "store/session_table.h"
#include "types/knob_domain.h"

namespace app {
namespace {

using namespace types;

const std::vector<Precision> kAllPrecisions = {Precision::Float32, Precision::Int8,
                                               Precision::Int16x8, Precision::Int8W4};

/// Each word as `read` makes it, without repetitions.
Result<std::vector<std::string>> readEach(const std::vector<std::string>& words,
                                          Result<std::string> (*read)(const std::string&)) {
    std::vector<std::string> values;
    for (const std::string& word : words) {
        auto value = read(word);
        if (!value) return tl::unexpected(value.error());
        if (std::ranges::find(values, *value) == values.end()) values.push_back(std::move(*value));
    }
    return values;
}

Result<std::vector<DevicePtr>> devicesNamed(const std::vector<std::string>& names) {
    if (names == std::vector<std::string>{"all"}) return allDevices();
    std::vector<DevicePtr> devices;
    for (const std::string& name : names) {
        auto device = findDevice(name);
        if (!device) return tl::unexpected(device.error());
        devices.push_back(std::move(*device));
    }
    return devices;
}

Result<matrix::MatrixRequest> matrixRequestOf(const MatrixSubject& subject,
                                              const MatrixFlags& flags) {
    matrix::MatrixRequest request;
    request.model = subject.graph;
    request.name = subject.name;
    request.again = flags.again;
    request.timeoutS = subject.timeoutS;
    if (!subject.kernels.empty()) request.kernels = subject.kernels;
    request.precisions = flags.precisions.empty() ? kAllPrecisions : flags.precisions;
    auto targets = readEach(flags.cores, matrix::emulatedTarget);
    if (!targets) return tl::unexpected(targets.error());
    request.targets = flags.cores.empty() ? matrix::emulatedTargets() : std::move(*targets);
    if (flags.cores == std::vector<std::string>{"none"}) request.targets.clear();
    request.targets.insert(request.targets.end(), flags.boards.begin(), flags.boards.end());
    auto levels = readEach(flags.flags, runners::firmwareLevel);
    if (!levels) return tl::unexpected(levels.error());
    request.flags = std::move(*levels);
    auto devices = devicesNamed(flags.devices);
    if (!devices) return tl::unexpected(devices.error());
    request.devices = std::move(*devices);
    auto data = flags.data.read();
    if (!data) return tl::unexpected(data.error());
    request.data = std::move(*data);
    return request;
}

matrix::MatrixKeeping keptIn(store::ProjectFile& file) {
    matrix::MatrixKeeping keeping;
    keeping.read = [&file](const auto& wanted) { return readSessions(file, wanted); };
    keeping.keep = [&file](const Session& session,
                           const runners::RunRequest& request) -> Result<void> {
        const auto model = store::storeModel(file, request.graph->name, request.modelFile);
        if (!model) return tl::unexpected(model.error());
        const auto stored = store::storeSession(file, session, store::IfNamed::Replace);
        if (!stored) return tl::unexpected(stored.error());
        return {};
    };
    return keeping;
}

}  // namespace

void MatrixFlags::addTo(CLI::App& command) {
    const std::string group = "Matrix";
    CLI::Option* asked =
        command
            .add_flag("--matrix", isAsked,
                      "Measure every combination of cores, kernels, compiler flags and precisions; "
                      "measured cells are kept, and asking again measures only the others")
            ->group(group);
    const auto list = [&](const char* name, auto& values, const std::string& help) {
        return command.add_option(name, values, help)
            ->delimiter(',')
            ->allow_extra_args(false)
            ->needs(asked)
            ->group(group);
    };
    list("--cores", cores, "Emulated cores (m4, cortex-m55, ...), or none; without it all");
    list("--boards", boards, "Boards with the resident agent: serial:DEVICE");
    flags = {"-Os", "-O2", "-O3"};
    list("--flags", flags,
         "Levels of optimisation of the emulated cores' firmware, as in --flags=-Os,-O3");
    list("--precisions", precisions, "float32, int8, int16x8, int8w4; without it all of them")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, Precision>{{"float32", Precision::Float32},
                                             {"int8", Precision::Int8},
                                             {"int16x8", Precision::Int16x8},
                                             {"int8w4", Precision::Int8W4}}));
    list("--devices", devices, "Boards whose latency is predicted: ids, device files, or all");
    command.add_flag("--again", again, "Measure also what was measured, and compare the counts")
        ->needs(asked)
        ->group(group);
    data.addCalibrationTo(command);
}

Result<Output> measureMatrix(const MatrixSubject& subject, const MatrixFlags& flags) {
    const StopOnSignal signals;
    const auto request = matrixRequestOf(subject, flags);
    if (!request) return tl::unexpected(request.error());
    auto file = store::ProjectFile::openOrCreate(subject.database);
    if (!file) return tl::unexpected(file.error());
    const auto run = [&] {
        ProgressLine line;
        Work work = line.work();
        work.stop = signals.token();
        return matrix::runMatrix(*request, keptIn(*file), work);
    }();
    if (!run) return tl::unexpected(run.error());
    return matrixOutput(*run);
}

}  // namespace app
