// SPDX-License-Identifier: GPL-3.0-or-later
// devices: lists the known boards; with a model, which boards it fits and how fast it runs there;
// with one board, its memory, its latencies' source and the layers to measure first; with both, the
// smallest change with which the model fits.

#include <map>

#include "chosen_kernels.h"
#include "command_context.h"
#include "cost/predict_bands.h"
#include "device_output.h"
#include "engine/choose_schedule.h"
#include "engine/vary_on_data.h"
#include "evaluation_run.h"
#include "footprint/board_search.h"
#include "json_output.h"
#include "progress_line.h"
#include "smallest_change_output.h"
#include "text_table.h"
#include "tflite/write.h"
#include "types/latency_basis.h"
#include "types/target.h"

namespace app {
namespace {

using namespace types;

std::string excessText(const std::string& memory, const Budget& budget) {
    if (!budget.exceeds()) return {};
    return memory + (budget.isKnown() ? " " : " at least ") + grouped(-budget.spareBytes()) +
           " too much" + (budget.holdsBlock() ? "" : " in one block");
}

/// "fits", the excess, or what is not known.
std::string verdictOf(const footprint::BoardMatch& match) {
    const footprint::Footprint& need = match.footprint;
    const std::string flash = excessText("flash", need.flash), sram = excessText("SRAM", need.sram);
    if (!flash.empty() || !sram.empty())
        return flash + (flash.empty() || sram.empty() ? "" : ", ") + sram;
    if (need.verdict() == Verdict::Unknown) return "not known: " + need.unknownReason();
    if (need.flash.mostBytes() > need.flash.limitBytes)
        return "fits; not with the code of the largest published build";
    return "fits";
}

Json estimateJson(const std::optional<Estimate>& estimate) {
    return estimate ? Json(estimate->value) : Json();
}

Json matchJson(const footprint::BoardMatch& match) {
    Json json = deviceJson(*match.device);
    const footprint::Footprint& need = match.footprint;
    json["fits"] = Json::object();
    addVerdict(json["fits"], "flash", need.flash);
    addVerdict(json["fits"], "sram", need.sram);
    addExcess(json, "flash_excess_bytes", need.flashExcess(), need.flash.unknownReason);
    addExcess(json, "sram_excess_bytes", need.sramExcess(), need.sram.unknownReason);
    json["latency_us"] = estimateJson(match.latencyUs);
    json["energy_uj"] = estimateJson(match.energyUj);
    if (!match.latencyUs) json["latency_us_reason"] = match.latencyGap;
    if (!match.energyUj) json["energy_uj_reason"] = match.energyGap;
    return json;
}

struct DevicesFlags {
    EvaluationRun model;
    std::string runtime = "both", output;
    ChosenKernels kernels;
};

/// The boards with the chosen kernels; `gaps` become why latencies cannot be told, by the board's
/// id. Boards that the library is not for are left out.
Result<std::vector<DevicePtr>> withKernels(const DevicesFlags& flags,
                                           const std::vector<DevicePtr>& devices,
                                           std::map<std::string, std::string>& gaps) {
    std::vector<DevicePtr> boards;
    std::string problem;
    for (const DevicePtr& device : devices) {
        auto board = flags.kernels.applied(device, gaps[device->id]);
        if (board)
            boards.push_back(flags.model.reserves.applied(*board));
        else if (problem.empty())
            problem = board.error().what;
    }
    if (boards.empty()) return fail(problem, "--kernels", "name another library or release");
    return boards;
}

/// A board of our own runtime with the schedule that is asked for, where there is one.
std::optional<footprint::BoardMatch> scheduledOn(const Graph& graph, const ScheduleKnobs& knobs,
                                                 const DevicePtr& board) {
    if (!knobs.isSet() || runtimeOf(board) != Runtime::Netcaliper) return std::nullopt;
    const auto schedule = engine::chooseSchedule(graph, knobs, board);
    if (!schedule) return std::nullopt;
    auto need = footprint::ofBands(graph, *board, schedule->plan);
    if (!need) return std::nullopt;
    const auto cost = cost::predictBands(cost::Predictor(board), graph, schedule->plan);
    return footprint::BoardMatch{board,         std::move(*need), cost.latencyUs,
                                 cost.energyUj, cost.latencyGap,  cost.energyGap};
}

Result<Output> matchDevices(const DevicesFlags& flags, const std::vector<DevicePtr>& devices) {
    const auto input = flags.model.read();
    if (!input) return tl::unexpected(input.error());
    const auto varied = engine::varyOnData(input->graph, input->variation, input->options.data, {});
    if (!varied) return tl::unexpected(varied.error());
    std::map<std::string, std::string> gaps;
    const auto boards = withKernels(flags, devices, gaps);
    if (!boards) return tl::unexpected(boards.error());
    Output output;
    output.json["devices"] = Json::array();
    TextTable table({"board", "core", ">latency", ">energy", "memory"});
    const auto scheduled = [&](const DevicePtr& board) {
        return scheduledOn(*varied->graph, input->variation.schedule, board);
    };
    for (footprint::BoardMatch& match :
         footprint::matchBoards(*varied->graph, *boards, scheduled)) {
        if (const std::string& gap = gaps[match.device->id]; !gap.empty())
            match.latencyGap = match.energyGap = gap;
        output.json["devices"].push_back(matchJson(match));
        table.addRow({match.device->id, match.device->core, timeText(match.latencyUs),
                      energyText(match.energyUj), verdictOf(match)});
    }
    output.text = table.text();
    return output;
}

/// Both applies to devices whose figures permit a comparison.
std::vector<Runtime> runtimesOf(const std::string& flag, const DeviceProfile& device) {
    if (flag == "tflm") return {Runtime::Tflm};
    if (flag == "own") return {Runtime::Netcaliper};
    if (runtimeOf(device) == Runtime::Netcaliper) return {Runtime::Netcaliper};
    return {Runtime::Tflm, Runtime::Netcaliper};
}

/// Searches the smallest change with which the model fits the named device.
Result<Output> fitOnto(const DevicesFlags& flags) {
    const auto input = flags.model.read();
    if (!input) return tl::unexpected(input.error());
    Output output{{{"device", input->device->id}, {"runtimes", Json::array()}},
                  input->graph->name + " on " + input->device->name + "\n"};
    GraphPtr fitting;
    const char* suits = "";
    ProgressLine line;
    for (const Runtime runtime : runtimesOf(flags.runtime, *input->device)) {
        const auto search =
            search::findSmallestChange(input->graph, input->variation, input->device,
                                       {runtime, true, input->options}, line.work());
        if (!search) return tl::unexpected(search.error());
        output.json["runtimes"].push_back(toJson(*search, runtime));
        output.text += searchText(*search, runtime);
        if (fitting || search->changes.empty()) continue;
        fitting = search->changes.front().trial.graph;
        suits = runtime == Runtime::Netcaliper ? ", to be exported as a C library" : "";
    }
    if (flags.output.empty()) return output;
    if (!fitting)
        return fail("nothing that was tried makes the model fit", input->device->name,
                    "leave -o out to see what was tried");
    if (auto written = tflite::write(*fitting, flags.output); !written)
        return tl::unexpected(written.error());
    output.json["file"] = flags.output;
    output.text += "written to " + flags.output + suits + "\n";
    return output;
}

/// One board without a model.
Result<Output> describe(const DevicesFlags& flags) {
    if (!flags.output.empty())
        throw CLI::ValidationError("--output", "needs a MODEL that is to fit the device");
    const auto device = findDevice(flags.model.device);
    if (!device) return tl::unexpected(device.error());
    const auto prior = findDevice(priorFor(**device));
    if (!prior) return tl::unexpected(prior.error());
    return deviceOutput(**device, *prior);
}

Result<Output> devicesFor(const DevicesFlags& flags) {
    if (!flags.kernels.text.empty() && (flags.model.path.empty() || !flags.model.device.empty()))
        throw CLI::ValidationError("--kernels", "needs a MODEL, without --device");
    if (flags.model.path.empty() && !flags.model.device.empty()) return describe(flags);
    if (!flags.output.empty() && flags.model.device.empty())
        throw CLI::ValidationError("--output", "needs the --device that the model is to fit");
    if (!flags.model.device.empty()) return fitOnto(flags);
    const auto devices = allDevices();
    if (!devices) return tl::unexpected(devices.error());
    return flags.model.path.empty() ? listDevices(*devices) : matchDevices(flags, *devices);
}

}  // namespace

void addDevices(CLI::App& app, Context& context) {
    auto flags = std::make_shared<DevicesFlags>();
    CLI::App* command = addCommand(app, context, "devices",
                                   "List device profiles, and what a model needs to fit them",
                                   [flags] { return devicesFor(*flags); });
    flags->model.addTo(*command)->description("Show which boards this model fits, and how fast");
    command->add_option(
        "--device", flags->model.device,
        "Search the smallest change with which MODEL fits this device; without MODEL: "
        "its memory, what its latencies rest on, and the layers to measure first");
    command
        ->add_option("--runtime", flags->runtime,
                     "With --device: fit under TFLM, under our own runtime, or report both")
        ->check(CLI::IsMember({"tflm", "own", "both"}))
        ->capture_default_str();
    command->add_option("-o,--output", flags->output,
                        "With --device: also write the .tflite of the smallest change");
    flags->kernels.addTo(*command);
    flags->model.knobs.addTo(*command);
    flags->model.reserves.addTo(*command);
    flags->model.data.addTo(*command);
    flags->model.addSamplesTo(*command);
}

}  // namespace app
