// SPDX-License-Identifier: GPL-3.0-or-later
#include "sweep_flags.h"

#include <unistd.h>

#include <charconv>
#include <fstream>
#include <iterator>

#include "store/sweep_database.h"
#include "text_table.h"
#include "transform/document/variation_file.h"
#include "types/number_text.h"

namespace app {

using namespace types;

namespace {

std::string figureText(const search::SweptMetric& metric, const std::optional<double>& value) {
    if (!value) return "-";
    const std::string unit = metric.unit;
    if (unit == "share") return percentText(100 * *value, "%.1f");
    if (unit == "us") return fixedText(*value / 1000, 2) + " ms";
    if (unit == "uj") return fixedText(*value / 1000, 3) + " mJ";
    if (unit == "db") return fixedText(*value, 1) + " dB";
    if (unit == "number") return fixedText(*value, 6);
    return grouped(static_cast<int64_t>(*value)) + (unit == "bytes" ? " B" : "");
}

}  // namespace

void SweepFlags::addTo(CLI::App& command) {
    command.add_option("--device", device, "Device id or device file");
    reserves.addTo(command);
    data.addTo(command);
    training.addTrainingTo(command);
    command
        .add_option("--samples", samples,
                    "Random inputs on which outputs are compared with the original's where no data "
                    "are given; 0: variations are only costed")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    command.add_option("--threads", threads, "Variations that are evaluated at the same time")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command
        .add_option_function<std::string>(
            "--time", [this](const std::string& text) { seconds = parseTime("--time", text); },
            "Stop after this time by the clock; asking again resumes")
        ->type_name("T");
}

void SweepFlags::addSpaceTo(CLI::App& command) {
    command.add_option("--space", space, "The knobs and their values: a JSON document");
}

void SweepFlags::addDatabaseTo(CLI::App& command) {
    command.add_option("--db", database,
                       "A file on this machine, or postgresql://HOST/DATABASE or "
                       "postgresql://?service=NAME for many machines");
}

Result<search::SweepSubject> SweepFlags::subject() const {
    auto graph = open();
    if (!graph) return tl::unexpected(graph.error());
    const auto profile = findDevice(device);
    if (!profile) return tl::unexpected(profile.error());
    const auto trained = training.read();
    if (!trained) return tl::unexpected(trained.error());
    auto use = data.read();
    if (!use) return tl::unexpected(use.error());
    search::SweepSubject subject;
    subject.graph = *graph;
    subject.device = reserves.applied(*profile);
    subject.options.data = std::move(*use);
    subject.options.samples = subject.hasDataset() ? std::max(samples, 1) : samples;
    subject.train = trained->train;
    subject.program = NETCALIPER_VERSION;
    return subject;
}

Result<std::vector<const search::SweptMetric*>> SweepFlags::metrics(
    const search::SweepSubject& subject) const {
    if (!objectives.empty()) return search::parseMetrics(objectives);
    return search::usualObjectives(subject.hasDataset() || subject.options.samples > 0,
                                   subject.device != nullptr);
}

std::optional<std::chrono::steady_clock::time_point> SweepFlags::deadline() const {
    if (seconds == 0) return std::nullopt;
    return std::chrono::steady_clock::now() +
           std::chrono::milliseconds(static_cast<int64_t>(1000 * seconds));
}

Result<search::Space> readSpace(const std::string& path, const GraphPtr& graph) {
    std::ifstream stream(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad())
        return fail("the space cannot be read", path, "check path and permissions");
    return search::Space::parse(text, path, graph);
}

std::string workerName() {
    char host[256] = {};
    gethostname(host, sizeof host - 1);
    std::string name = std::string(host) + ":" + std::to_string(getpid());
    for (const char* variable : {"SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID"})
        if (const char* value = std::getenv(variable)) name += std::string(":") + value;
    return name;
}

std::string databaseName(const std::string& database) {
    return store::isServerAddress(database) ? "the server's database" : database;
}

double parseTime(const std::string& flag, const std::string& text) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    const std::string unit(parsed.ptr, end);
    const double factor = unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : 0;
    const double seconds = value * factor;
    if (parsed.ec != std::errc() || !(seconds > 0) || seconds > 1e8)
        throw CLI::ValidationError(flag, "'" + text + "' is not a time (90s, 10m, 2h)");
    return seconds;
}

Json totalsJson(const search::Answer& answer) {
    Json totals = Json::parse(search::documentOf(answer))["totals"];
    for (const search::SweptMetric& metric : search::metrics())
        if (!totals.contains(metric.key)) totals[metric.key] = nullptr;
    return totals;
}

Json pointJson(const search::SweptPoint& point) {
    const auto verdict = [](const std::optional<bool>& fits) {
        return fits ? Json(*fits) : Json();
    };
    return {
        {"item", point.item},
        {"label", point.variation.label()},
        {"variation", Json::parse(transform::variationText(point.variation))},
        {"totals", totalsJson(point.answer)},
        {"fits",
         {{"flash", verdict(point.answer.fitsFlash)}, {"sram", verdict(point.answer.fitsSram)}}},
        {"model_sha256", point.answer.modelSha256}};
}

Json statusJson(const sweep::SweepStatus& status) {
    Json workers = Json::array();
    for (const sweep::WorkerStatus& worker : status.workers)
        workers.push_back({{"owner", worker.owner},
                           {"done", worker.done},
                           {"running", worker.running},
                           {"silent_seconds", worker.silentSeconds}});
    const auto left = static_cast<double>(status.open + status.running);
    Json json = {{"items", status.items()},
                 {"done", status.done},
                 {"running", status.running},
                 {"open", status.open},
                 {"failed", status.failed},
                 {"expired", status.expired},
                 {"workers", workers},
                 {"computed_seconds", status.computedSeconds},
                 {"last_error", status.lastError.empty() ? Json() : Json(status.lastError)}};
    const bool isKnown = left == 0 || status.doneLastMinute > 0;
    json["seconds_left"] =
        !isKnown ? Json()
                 : Json(left == 0 ? 0 : 60 * left / static_cast<double>(status.doneLastMinute));
    if (!isKnown) json["seconds_left_reason"] = "nothing was done in the last minute";
    return json;
}

std::string pointsText(const std::vector<search::SweptPoint>& points,
                       const std::vector<const search::SweptMetric*>& objectives) {
    std::vector<std::string> titles = {"variation"};
    for (const search::SweptMetric* metric : objectives)
        titles.push_back(">" + std::string(metric->name));
    TextTable table(titles);
    for (const search::SweptPoint& point : points) {
        std::vector<std::string> cells = {point.variation.label()};
        for (const search::SweptMetric* metric : objectives)
            cells.push_back(figureText(*metric, point.answer.value(*metric)));
        table.addRow(cells);
    }
    return table.text();
}

}  // namespace app
