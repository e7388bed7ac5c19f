// SPDX-License-Identifier: GPL-3.0-or-later
#include "matrix/run_matrix.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "cost/predict.h"
#include "matrix/matrix_sessions.h"

namespace matrix {
namespace {

using namespace types;

bool isEmulated(const std::string& target) {
    return target.starts_with("qemu-");
}

const char* kernelsWord(lowering::Kernels kernels) {
    return kernels == lowering::Kernels::Reference ? kPlainKernels : kPackedKernels;
}

std::string textOf(const MatrixPlace& place) {
    std::string text;
    for (const std::string& word : place)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// True where the kept session is what measuring the cell would give again.
bool isCurrent(const Session& session, const MatrixCell& cell, const ModelVariant& variant) {
    const Conditions& conditions = session.conditions;
    const std::string& flags = cell.at(MatrixAxis::Flags);
    return conditions.modelHash == variant.sha256 &&
           (flags == kAsFlashed || conditions.flags == flags) &&
           conditions.runtimeVersion == runners::programVersion();
}

/// Counts of an emulator are exact, so those of two runs must be equal.
bool hasOtherCounts(const Session& before, const Session& now) {
    return now.conditions.source == MeasurementSource::Emulator &&
           before.measurements != now.measurements;
}

/// Runs cells on several threads; the caller takes their results one by one.
class CellCrew {
public:
    struct Done {
        size_t job;
        Result<Session> session;
    };
    using Run = std::function<Result<Session>(size_t job, const Work& work)>;

    /// Begins jobs 0 to `count` - 1.
    CellCrew(size_t count, const Run& run, const Work& work)
        : m_count(count), m_run(run), m_work(work), m_ends(work.stop, [this] { stop(); }) {
        const auto threads =
            std::min<size_t>(static_cast<size_t>(std::max(work.threads, 1)), count);
        for (size_t i = 0; i < threads; ++i)
            m_threads.emplace_back([this] { takeJobs(); });
    }
    ~CellCrew() { stop(); }

    void stop() { m_stop.request_stop(); }

    /// Waits for the next result; each job has one.
    Done next() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_done.empty(); });
        Done done = std::move(m_done.front());
        m_done.pop_front();
        return done;
    }

private:
    void takeJobs() {
        for (size_t job; (job = m_next++) < m_count;) {
            const Work work{m_stop.get_token(), m_work.progress, m_work.threads};
            Result<Session> session = cancelled();
            if (!m_stop.stop_requested()) session = m_run(job, work);
            const std::lock_guard lock(m_mutex);
            m_done.push_back({job, std::move(session)});
            m_changed.notify_one();
        }
    }

    const size_t m_count;
    const Run& m_run;
    const Work& m_work;
    std::stop_source m_stop;
    std::stop_callback<std::function<void()>> m_ends;
    std::atomic<size_t> m_next{0};
    std::mutex m_mutex;  ///< guards m_done
    std::condition_variable m_changed;
    std::deque<Done> m_done;
    std::vector<std::jthread> m_threads;  ///< the last member: they use the others
};

class MatrixMeasuring {
public:
    MatrixMeasuring(const MatrixRequest& request, const MatrixKeeping& keeping, const Work& work)
        : m_request(request), m_keeping(keeping), m_work(work) {
        CostMatrix& matrix = m_result.matrix;
        matrix.name = request.name.empty() ? request.model->name : request.name;
        matrix.model = request.model->name + ".tflite";
    }

    Result<MatrixRun> run() {
        auto variants = makeVariants(m_request.model, m_request.precisions, m_request.data,
                                     m_work.part(0, kMaking));
        if (!variants) return tl::unexpected(variants.error());
        m_variants = std::move(*variants);
        planCells();
        if (auto taken = takeKept(); !taken) return tl::unexpected(taken.error());
        predictCells();
        tell();
        if (auto done = measureCells(); !done) return tl::unexpected(done.error());
        m_result.wasStopped = m_work.isStopped();
        return std::move(m_result);
    }

private:
    static constexpr double kMaking = 0.02;  ///< share of the time that making models takes

    /// A cell to measure.
    struct Planned {
        size_t cell;
        const ModelVariant* variant;
        std::string target;
        lowering::Kernels kernels;
        SessionPtr before;  ///< null: not measured before
    };

    void planCells() {
        for (const std::string& target : m_request.targets)
            for (const lowering::Kernels kernels : m_request.kernels)
                for (const std::string& flags : flagsFor(target))
                    for (const ModelVariant& variant : m_variants)
                        planCell({target, kernelsWord(kernels), flags, variant.word()}, kernels,
                                 variant);
    }

    std::vector<std::string> flagsFor(const std::string& target) const {
        return isEmulated(target) ? m_request.flags : std::vector<std::string>{kAsFlashed};
    }

    void planCell(const MatrixPlace& place, lowering::Kernels kernels,
                  const ModelVariant& variant) {
        MatrixCell cell;
        cell.place = place;
        if (variant.graph)
            m_planned.push_back(
                {m_result.matrix.cells.size(), &variant, place[0], kernels, nullptr});
        else
            fail(variant.reason, cell);
        m_result.matrix.cells.push_back(std::move(cell));
    }

    static void fail(const std::string& reason, MatrixCell& cell) {
        cell.state = CellState::Failed;
        cell.reason = reason;
    }

    /// Fills the cells that are kept already, and adds those of other tools.
    Result<void> takeKept() {
        PrecisionOfFile files;
        for (const ModelVariant& variant : m_variants)
            if (variant.graph) files[variant.sha256] = variant.word();
        const std::string& name = m_result.matrix.name;
        const auto kept = m_keeping.read([&](const Conditions& conditions) {
            const auto place = placeOf(conditions);
            return place ? place->matrix == name : files.contains(conditions.modelHash);
        });
        if (!kept) return tl::unexpected(kept.error());
        for (Planned& planned : m_planned) {
            MatrixCell& cell = m_result.matrix.cells[planned.cell];
            const auto session = std::ranges::find(*kept, sessionName(name, cell.place),
                                                   [](const SessionPtr& s) { return s->name; });
            if (session == kept->end() || !isCurrent(**session, cell, *planned.variant)) continue;
            planned.before = *session;
            if (!m_request.again) cell = cellOf(**session, cell.place);
        }
        std::erase_if(m_planned, [&](const Planned& planned) {
            return m_result.matrix.cells[planned.cell].state != CellState::Open;
        });
        addOthers(*kept, files, m_result.matrix);
        return {};
    }

    void predictCells() {
        for (const DevicePtr& device : m_request.devices) {
            const cost::Predictor predictor(device);
            for (const ModelVariant& variant : m_variants) {
                MatrixCell cell;
                cell.place = {device->id, device->runtime, "", variant.word()};
                cell.core = device->core;
                cell.quantity = Quantity::LatencyUs;
                if (variant.graph)
                    predictCell(predictor.predict(*variant.graph), cell);
                else
                    fail(variant.reason, cell);
                m_result.matrix.cells.push_back(std::move(cell));
            }
        }
    }

    static void predictCell(const cost::Prediction& prediction, MatrixCell& cell) {
        cell.band = prediction.latencyUs;
        if (!cell.band) return fail(prediction.latencyGap, cell);
        cell.value = cell.band->value;
        cell.state = CellState::Predicted;
    }

    Result<void> measureCells() {
        const auto boards = std::stable_partition(
            m_planned.begin(), m_planned.end(),
            [](const Planned& planned) { return isEmulated(planned.target); });
        const auto emulated = static_cast<size_t>(boards - m_planned.begin());
        const Work counted{m_work.stop, [this](double, const char* step) { report(step); },
                           m_work.threads};
        const CellCrew::Run run = [this](size_t job, const Work& work) {
            return measureCell(m_planned[job], work);
        };
        if (emulated > 0) {
            CellCrew crew(emulated, run, counted);
            for (size_t i = 0; i < emulated; ++i) {
                auto done = crew.next();
                if (auto kept = keepCell(m_planned[done.job], std::move(done.session)); !kept)
                    return kept;
            }
        }
        for (auto planned = boards; planned != m_planned.end(); ++planned)
            if (auto kept = keepCell(*planned, measureCell(*planned, counted)); !kept) return kept;
        return {};
    }

    runners::RunRequest requestFor(const Planned& planned) const {
        runners::RunRequest request;
        request.graph = planned.variant->graph;
        request.modelFile = planned.variant->file;
        request.kernels = planned.kernels;
        request.timeoutS = m_request.timeoutS;
        if (isEmulated(planned.target))
            request.firmwareFlags = m_result.matrix.cells[planned.cell].at(MatrixAxis::Flags);
        return request;
    }

    Result<Session> measureCell(const Planned& planned, const Work& work) {
        if (work.isStopped()) return cancelled();
        const std::string place = textOf(m_result.matrix.cells[planned.cell].place);
        const Work named{work.stop,
                         [&](double share, const char* step) {
                             work.report(share, (place + ": " + step).c_str());
                         },
                         work.threads};
        return runners::runOn(planned.target, requestFor(planned), named);
    }

    /// Keeps the session of a cell, or why there is none.
    Result<void> keepCell(const Planned& planned, Result<Session> session) {
        MatrixCell& cell = m_result.matrix.cells[planned.cell];
        if (!session) {
            if (!session.error().isCancelled()) fail(session.error().message(), cell);
        } else {
            if (planned.before && hasOtherCounts(*planned.before, *session)) ++m_result.different;
            putInto({m_result.matrix.name, m_result.matrix.model, cell.place}, *session);
            if (auto kept = m_keeping.keep(*session, requestFor(planned)); !kept) return kept;
            cell = cellOf(*session, cell.place);
            ++m_result.measured;
        }
        {
            const std::lock_guard lock(m_reports);
            ++m_done;
        }
        report(textOf(cell.place).c_str());
        tell();
        return {};
    }

    void report(const char* step) {
        const std::lock_guard lock(m_reports);
        const double share = static_cast<double>(m_done) / static_cast<double>(m_planned.size());
        m_work.report(
            kMaking + (1 - kMaking) * share,
            (std::to_string(m_done) + " of " + std::to_string(m_planned.size()) + " cells; " + step)
                .c_str());
    }

    void tell() const {
        if (m_keeping.onCell) m_keeping.onCell(m_result.matrix);
    }

    const MatrixRequest& m_request;
    const MatrixKeeping& m_keeping;
    const Work& m_work;
    std::vector<ModelVariant> m_variants;
    std::vector<Planned> m_planned;
    MatrixRun m_result;
    std::mutex m_reports;  ///< guards m_done and reports
    size_t m_done = 0;
};

/// The first reason where no cell has a value.
std::optional<std::string> whyNothing(const CostMatrix& matrix) {
    std::string reason;
    for (const MatrixCell& cell : matrix.cells) {
        if (cell.value || cell.state == CellState::Open) return std::nullopt;
        if (reason.empty()) reason = cell.reason;
    }
    return reason;
}

}  // namespace

std::vector<std::string> emulatedTargets() {
    std::vector<std::string> names;
    for (const runners::Runner& runner : runners::allRunners())
        if (isEmulated(runner.name)) names.emplace_back(runner.name);
    return names;
}

Result<std::string> emulatedTarget(const std::string& word) {
    std::string known;
    for (const std::string& name : emulatedTargets()) {
        if (name == word || name == "qemu-" + word || name == "qemu-cortex-" + word) return name;
        known += (known.empty() ? "" : ", ") + name;
    }
    return fail("no such emulated core", word, "choose among " + known);
}

Result<MatrixRun> runMatrix(const MatrixRequest& request, const MatrixKeeping& keeping,
                            const Work& work) {
    const std::string& name = request.name.empty() ? request.model->name : request.name;
    if (name.find(" | ") != std::string::npos)
        return fail("a matrix's name has no '|'", name, "choose another one");
    if (request.precisions.empty() || (request.targets.empty() && request.devices.empty()))
        return fail("nothing to measure", name, "name cores or devices, and precisions");
    auto run = MatrixMeasuring(request, keeping, work).run();
    if (!run || run->wasStopped) return run;
    if (const auto reason = whyNothing(run->matrix))
        return tl::unexpected(Error{*reason, {}, {}, ErrorKind::Failed});
    return run;
}

}  // namespace matrix
