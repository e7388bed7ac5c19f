// SPDX-License-Identifier: GPL-3.0-or-later
// study: reproduces a paper's finding from measured tables and sessions or from predictions, with
// its limits; or judges a model's variations on data.

#include <cmath>
#include <filesystem>
#include <map>

#include "bytes/write_file.h"
#include "command_context.h"
#include "dataset_flags.h"
#include "matrix/matrix_sessions.h"
#include "progress_line.h"
#include "session_models.h"
#include "studies/figures.h"
#include "studies/matrix_records.h"
#include "studies/record_table.h"
#include "studies/run_study.h"
#include "studies/session_records.h"
#include "studies/study_files.h"
#include "text_table.h"
#include "variation_flags.h"

namespace app {
namespace {

using namespace types;

struct StudyFlags {
    std::string id;
    SessionFlags sessions;
    std::vector<std::string> tables, devices, spaces;
    int count = 50;
    uint64_t seed = 1;
    DatasetFlags data;
    VariationFlags training;
    std::vector<double> removed;
    std::vector<Precision> precisions;
    int32_t seeds = studies::FrontRequest().seeds;
    std::string csv, svg;
};

bool judgesModel(const std::string& id) {
    const auto& all = studies::allStudies();
    const auto info = std::ranges::find_if(all, [&](const auto& i) { return id == i.id; });
    return info != all.end() && info->judgesModel;
}

Result<std::vector<DevicePtr>> devicesOf(const StudyFlags& flags, bool hasMeasured) {
    std::vector<DevicePtr> devices;
    if (flags.devices.empty() && hasMeasured) return devices;
    if (flags.devices.empty()) return allDevices();
    for (const std::string& name : flags.devices) {
        auto device = findDevice(name);
        if (!device) return tl::unexpected(device.error());
        devices.push_back(std::move(*device));
    }
    return devices;
}

/// The model may stand where other studies have their sessions.
Result<studies::FrontRequest> frontOf(const StudyFlags& flags) {
    studies::FrontRequest front;
    std::vector<std::string> models = flags.sessions.models;
    models.insert(models.end(), flags.sessions.sessions.begin(), flags.sessions.sessions.end());
    if (models.size() > 1)
        return fail("this study judges one model", models[1], "name one model only");
    if (!models.empty()) {
        const auto graph = openModel(models[0]);
        if (!graph) return tl::unexpected(graph.error());
        front.model = *graph;
    }
    auto data = flags.data.read();
    if (!data) return tl::unexpected(data.error());
    front.data = std::move(*data);
    auto knobs = flags.training.read();
    if (!knobs) return tl::unexpected(knobs.error());
    front.knobs = std::move(*knobs);
    if (!flags.removed.empty()) front.removed = flags.removed;
    if (!flags.precisions.empty()) front.precisions = flags.precisions;
    front.seeds = flags.seeds;
    return front;
}

/// This study reads whole matrices; SESSION names them.
constexpr const char* kMatrixStudy = "kernels-compared";

Result<studies::Records> matricesOf(const StudyFlags& flags) {
    const auto file = store::ProjectFile::open(flags.sessions.database);
    if (!file) return tl::unexpected(file.error());
    const auto sessions = readSessions(*file, [](const Conditions&) { return true; });
    if (!sessions) return tl::unexpected(sessions.error());
    const std::vector<std::string> known = matrix::matrixNames(*sessions);
    studies::Records records;
    for (const std::string& name : flags.sessions.sessions.empty() ? known : flags.sessions.sessions) {
        if (std::ranges::find(known, name) == known.end())
            return fail("no matrix of this name", name, "measure one with measure --matrix");
        for (studies::Record& record : studies::recordsOf(matrix::matrixOf(*sessions, name)))
            records.push_back(std::move(record));
    }
    return records;
}

Result<studies::Records> measuredOf(const StudyFlags& flags) {
    if (!flags.sessions.sessions.empty() && flags.sessions.database.empty())
        throw CLI::RequiresError("SESSION", "--db");
    studies::Records records;
    if (flags.id == kMatrixStudy && !flags.sessions.database.empty()) return matricesOf(flags);
    for (const std::string& table : flags.tables) {
        const auto found = studies::readRecords(table);
        if (!found) return tl::unexpected(found.error());
        records.insert(records.end(), found->begin(), found->end());
    }
    const auto sessions = readMeasured(flags.sessions);
    if (!sessions) return tl::unexpected(sessions.error());
    for (const MeasuredModel& measured : *sessions)
        for (studies::Record& record : studies::recordsOf(measured.session, measured.graph.get()))
            records.push_back(std::move(record));
    return records;
}

Result<studies::StudyRequest> requestOf(const StudyFlags& flags) {
    studies::StudyRequest request;
    if (judgesModel(flags.id)) {
        auto front = frontOf(flags);
        if (!front) return tl::unexpected(front.error());
        request.front = std::move(*front);
        return request;
    }
    auto measured = measuredOf(flags);
    if (!measured) return tl::unexpected(measured.error());
    request.measured = std::move(*measured);
    auto devices = devicesOf(flags, !request.measured.empty());
    if (!devices) return tl::unexpected(devices.error());
    request.devices = std::move(*devices);
    // With sessions, --model is the model that they measured; alone, the model to predict.
    if (flags.sessions.sessions.empty())
        for (const std::string& path : flags.sessions.models) {
            const auto graph = openModel(path);
            if (!graph) return tl::unexpected(graph.error());
            request.models.push_back(*graph);
        }
    for (const std::string& name : flags.spaces)
        request.spaces.push_back(*zoo::searchSpaceNamed(name));
    request.count = flags.count;
    request.seed = flags.seed;
    return request;
}

Json axisJson(const StudyAxis& axis) {
    return {{"name", axis.name},
            {"unit", axis.unit},
            {"logarithmic", axis.logarithmic},
            {"categories", axis.categories}};
}

Json seriesJson(const StudySeries& series) {
    Json points = Json::array();
    for (const StudyPoint& point : series.points) {
        points.push_back({{"label", point.label}, {"x", point.x}, {"y", point.y}});
        if (point.band)
            points.back()["band"] = {{"low", point.band->low}, {"high", point.band->high}};
    }
    return {{"name", series.name}, {"measured", series.measured}, {"points", points}};
}

Json chartJson(const StudyChart& chart) {
    Json json = {{"title", chart.title},
                 {"x", axisJson(chart.x)},
                 {"y", axisJson(chart.y)},
                 {"series", Json::array()},
                 {"lines", Json::array()}};
    for (const StudySeries& series : chart.series)
        json["series"].push_back(seriesJson(series));
    for (const StudyLine& line : chart.lines)
        json["lines"].push_back(
            {{"name", line.name}, {"slope", line.slope}, {"intercept", line.intercept}});
    return json;
}

Json cellJson(const StudyCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* number = std::get_if<double>(&cell)) return *number;
    return nullptr;
}

Json tableJson(const StudyTable& table) {
    Json json = {{"columns", Json::array()}, {"rows", Json::array()}};
    for (const StudyColumn& column : table.columns)
        json["columns"].push_back({{"name", column.name}, {"unit", column.unit}});
    for (const auto& row : table.rows) {
        json["rows"].push_back(Json::array());
        for (const StudyCell& cell : row)
            json["rows"].back().push_back(cellJson(cell));
    }
    return json;
}

std::string cellText(const StudyCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    const auto* number = std::get_if<double>(&cell);
    if (!number) return "-";
    const bool isCount = *number == std::floor(*number) && std::abs(*number) < 1e15;
    return isCount ? grouped(static_cast<int64_t>(*number)) : studies::digits(*number, 4);
}

/// A column with any text is left-aligned.
std::string tableText(const StudyTable& table) {
    std::vector<std::string> titles;
    for (size_t i = 0; i < table.columns.size(); ++i) {
        bool isText = false;
        for (const auto& row : table.rows)
            isText = isText || std::holds_alternative<std::string>(row[i]);
        const StudyColumn& column = table.columns[i];
        titles.push_back((isText ? "" : ">") + column.name +
                         (column.unit.empty() ? "" : " " + column.unit));
    }
    TextTable text(titles);
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (const StudyCell& cell : row)
            cells.push_back(cellText(cell));
        text.addRow(cells);
    }
    return text.text();
}

std::string listText(const char* title, const std::vector<std::string>& sentences) {
    if (sentences.empty()) return {};
    std::string text = std::string(title) + "\n";
    for (const std::string& sentence : sentences)
        text += "  - " + sentence + "\n";
    return text + "\n";
}

Output outputOf(const Study& study) {
    Output output;
    output.json = {{"study", study.id},
                   {"title", study.title},
                   {"question", study.question},
                   {"findings", study.findings},
                   {"limits", study.limits},
                   {"charts", Json::array()},
                   {"table", tableJson(study.table)},
                   {"sources", study.sources}};
    for (const StudyChart& chart : study.charts)
        output.json["charts"].push_back(chartJson(chart));
    output.text = study.title + "\n" + study.question + "\n\n" + listText("Found", study.findings) +
                  listText("Where it ends", study.limits) + tableText(study.table) + "\n" +
                  listText("From", study.sources);
    return output;
}

Output listOfStudies() {
    Output output;
    output.json["studies"] = Json::array();
    TextTable table({"study", "title"});
    for (const studies::StudyInfo& info : studies::allStudies()) {
        output.json["studies"].push_back(
            {{"id", info.id}, {"title", info.title}, {"question", info.question}});
        table.addRow({info.id, info.title});
    }
    output.text = table.text();
    return output;
}

/// Charts behind the first have a number in their file's name.
Result<void> writeFiles(const StudyFlags& flags, const Study& study) {
    if (!flags.csv.empty())
        if (auto written = bytes::writeFile(flags.csv, studies::csvOf(study.table)); !written)
            return written;
    for (size_t i = 0; i < study.charts.size() && !flags.svg.empty(); ++i) {
        std::filesystem::path path = flags.svg;
        if (i > 0)
            path.replace_filename(path.stem().string() + "-" + std::to_string(i + 1) +
                                  path.extension().string());
        if (auto written = bytes::writeFile(path, studies::svgOf(study.charts[i])); !written)
            return written;
    }
    return {};
}

Result<Output> study(const StudyFlags& flags) {
    if (flags.id.empty()) return listOfStudies();
    const auto request = requestOf(flags);
    if (!request) return tl::unexpected(request.error());
    const auto found = [&] {
        ProgressLine line;
        return studies::runStudy(flags.id, *request, line.work());
    }();
    if (!found) return tl::unexpected(found.error());
    if (auto written = writeFiles(flags, *found); !written) return tl::unexpected(written.error());
    return outputOf(*found);
}

std::vector<std::string> spaceNames() {
    std::vector<std::string> names;
    for (const zoo::SearchSpace space : zoo::searchSpaces())
        names.push_back(zoo::searchSpaceName(space));
    return names;
}

void addFrontFlags(CLI::App* command, StudyFlags& flags) {
    flags.data.addTo(*command);
    flags.training.addTrainingTo(*command);
    const studies::FrontRequest usual;
    command
        ->add_option("--remove", flags.removed,
                     "Shares of channels that accuracy-front removes; 0 0.15 0.3 0.4 0.5, if not "
                     "said")
        ->check(within(kShareLimits, "FLOAT"));
    std::map<std::string, Precision> precisions;
    for (const auto& [word, precision] : kPrecisionWords)
        if (precision != Precision::Auto) precisions[word] = precision;
    command
        ->add_option("--precision", flags.precisions,
                     "What the models of accuracy-front compute in; int8 int8w4, if not said")
        ->transform(CLI::CheckedTransformer(precisions));
    command
        ->add_option("--seeds", flags.seeds, "How often accuracy-front splits the data, and trains")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
}

}  // namespace

void addStudy(CLI::App& app, Context& context) {
    auto flags = std::make_shared<StudyFlags>();
    CLI::App* command =
        addCommand(app, context, "study",
                   "Reproduce a paper's point, and where it ends; or judge a model's variations",
                   [flags] { return study(*flags); });
    command->add_option("STUDY", flags->id, "Which; without one they are listed");
    addSessionFlags(command, flags->sessions);
    CLI::Option* sessions = command->get_option("SESSION");
    sessions->remove_needs(command->get_option("--db"));
    sessions->description("Measured sessions (with --db); for accuracy-front the model, for "
                          "kernels-compared matrices, without a name all of the project");
    command->add_option("--table", flags->tables, "Measured models or operators as a CSV table");
    command->add_option("--device", flags->devices,
                        "Predict on this board; without tables or sessions all boards");
    command->add_option("--space", flags->spaces, "Search space to draw networks from")
        ->check(CLI::IsMember(spaceNames()));
    command->add_option("--count", flags->count, "Networks to draw of each space")
        ->check(CLI::Range(3, 10000))
        ->capture_default_str();
    command->add_option("--seed", flags->seed, "Which networks")->capture_default_str();
    addFrontFlags(command, *flags);
    command->add_option("--csv", flags->csv, "Also write the table as comma-separated values");
    command->add_option("--svg", flags->svg, "Also write the charts as pictures");
}

}  // namespace app
