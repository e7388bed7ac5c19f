// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduling/stage.h"

#include <algorithm>
#include <limits>
#include <map>

namespace scheduling {
namespace {

using analysis::RowRule;
using types::BandStep;
using types::RowSpan;

/// An operator of the stage, or the caller that feeds a model input (`op` -1).
struct Actor {
    int32_t op = -1;
    const RowRule* rule = nullptr;
    std::vector<size_t> inputs;  ///< images that it reads by rows, parallel to rule->inputs
    size_t output = 0;
    int32_t done = 0;             ///< rows
    int64_t macs = 0;             ///< of all rows
    std::vector<size_t> scratch;  ///< indices of StageRun::buffers
};

/// A tensor that the stage reads or writes by rows.
struct Image {
    enum class Kind { Window, Recomputed, Written, Read };
    int32_t tensor = -1;
    Kind kind = Kind::Window;
    int32_t height = 0;
    int64_t rowBytes = 0;
    size_t writer = 0;            ///< actor, unless it is Read
    std::vector<size_t> readers;  ///< actors
    int32_t base = 0;             ///< first row of the window
    int32_t next = 0;             ///< first row that will be read; `height` where none will
    int32_t capacity = 0;         ///< rows of the window
    RowSpan held;                 ///< Recomputed: rows that its reader uses now
    size_t buffer = 0;            ///< Window, Recomputed: index of StageRun::buffers

    bool hasWindow() const { return kind == Kind::Window || kind == Kind::Recomputed; }
};

class Runner {
public:
    Runner(const Problem& problem, const Stage& stage) : m_problem(problem), m_stage(stage) {}

    bool prepare() {
        for (int32_t op = m_stage.first; op < m_stage.end; ++op) {
            const ProblemOp& entry = m_problem.ops[static_cast<size_t>(op)];
            if (entry.isFolded) continue;
            if (!entry.rule || !addActor(op, entry)) return false;
        }
        if (m_actors.empty()) return false;
        for (Image& image : m_images)
            if (!classify(image)) return false;
        addBuffers();
        return true;
    }

    /// `withMoves`: windows have the capacity of an earlier run, so that rows must move.
    void run(bool withMoves, bool withSteps) {
        m_withMoves = withMoves;
        m_withSteps = withSteps;
        for (Actor& actor : m_actors)
            actor.done = 0;
        for (Image& image : m_images)
            image.base = 0, image.held = {};
        for (size_t i = m_images.size(); i-- > 0;)
            refresh(m_images[i]);
        m_result.steps.clear();
        m_result.macs = m_result.movedBytes = m_result.calls = 0;
        for (size_t i = m_actors.size(); i-- > 0;)
            if (m_images[m_actors[i].output].kind == Image::Kind::Written)
                produce(m_actors[i].output, m_images[m_actors[i].output].height);
    }

    StageRun result() {
        const size_t count = m_result.buffers.size();
        m_result.together.assign(count, std::vector<bool>(count, false));
        for (size_t a = 0; a < count; ++a)
            for (size_t b = 0; b < count; ++b)
                m_result.together[a][b] = (m_together[a * m_words + b / 64] >> b % 64 & 1) != 0;
        for (const Image& image : m_images) {
            if (!image.hasWindow()) continue;
            StageBuffer& buffer = m_result.buffers[image.buffer];
            buffer.rows = image.capacity;
            buffer.bytes = image.capacity * image.rowBytes;
        }
        return std::move(m_result);
    }

private:
    bool addActor(int32_t op, const ProblemOp& entry) {
        const types::Op& source = m_problem.graph.ops[static_cast<size_t>(op)];
        Actor actor;
        actor.op = op;
        actor.rule = &*entry.rule;
        actor.macs = entry.macs;
        for (size_t i = 0; i < source.inputs.size(); ++i) {
            const int32_t tensor = source.inputs[i];
            if (std::ranges::find(entry.rule->inputs, i) != entry.rule->inputs.end())
                actor.inputs.push_back(imageOf(tensor));
            else if (tensor >= 0 && m_problem.writer[static_cast<size_t>(tensor)] >= m_stage.first)
                return false;  // would have to be whole before the stage
        }
        actor.output = imageOf(source.outputs[0]);
        m_images[actor.output].writer = m_actors.size();
        for (size_t image : actor.inputs)
            m_images[image].readers.push_back(m_actors.size());
        m_actors.push_back(std::move(actor));
        return true;
    }

    size_t imageOf(int32_t tensor) {
        const auto [known, isNew] = m_imageOf.try_emplace(tensor, m_images.size());
        if (isNew) {
            const types::Tensor& source = m_problem.graph.tensor(tensor);
            Image image;
            image.tensor = tensor;
            image.height = source.shape[1];
            image.rowBytes = analysis::rowBytes(source);
            m_images.push_back(std::move(image));
        }
        return known->second;
    }

    bool classify(Image& image) {
        if (m_problem.buffer(image.tensor) == nullptr) return false;  // state
        const int32_t writer = m_problem.writer[static_cast<size_t>(image.tensor)];
        const bool isInside = scheduling::isInside(m_problem, m_stage, image.tensor);
        if (writer < m_stage.first) {
            image.kind = Image::Kind::Read;
            if (!m_stage.feeds || !isInside) return true;
            image.kind = Image::Kind::Window;
            image.writer = m_actors.size();
            Actor caller;
            caller.output = m_imageOf.at(image.tensor);
            m_actors.push_back(std::move(caller));
            return true;
        }
        if (!isInside || image.readers.empty()) {
            image.kind = Image::Kind::Written;
            return true;
        }
        const bool isRecomputed =
            std::ranges::find(m_stage.recomputed, image.tensor) != m_stage.recomputed.end();
        image.kind = isRecomputed ? Image::Kind::Recomputed : Image::Kind::Window;
        return !isRecomputed || image.readers.size() == 1;
    }

    void addBuffers() {
        for (Image& image : m_images) {
            if (!image.hasWindow()) continue;
            image.buffer = m_result.buffers.size();
            m_result.buffers.push_back({image.tensor, -1, 0, 0});
        }
        for (Actor& actor : m_actors) {
            if (actor.op < 0) continue;
            for (int64_t bytes : m_problem.ops[static_cast<size_t>(actor.op)].scratch) {
                actor.scratch.push_back(m_result.buffers.size());
                m_result.buffers.push_back({-1, actor.op, 0, bytes});
            }
        }
        const size_t count = m_result.buffers.size();
        m_words = (count + 63) / 64;
        m_together.assign(count * m_words, 0);
        for (const Image& read : m_images)
            for (const Image& written : m_images)
                if (read.kind == Image::Kind::Read && written.kind == Image::Kind::Written &&
                    isReleased(read))
                    m_result.releases.push_back({read.tensor, written.tensor,
                                                 m_problem.buffer(read.tensor)->size,
                                                 mayLieOver(read, written)});
    }

    /// True where nobody needs the tensor after the stage, nor as a whole in it.
    bool isReleased(const Image& image) const {
        if (m_problem.isOutput(image.tensor)) return false;
        for (int32_t reader : m_problem.readers[static_cast<size_t>(image.tensor)]) {
            if (reader >= m_stage.end) return false;
            if (reader < m_stage.first) continue;
            const auto& inputs = m_problem.graph.ops[static_cast<size_t>(reader)].inputs;
            const auto& byRows = m_problem.ops[static_cast<size_t>(reader)].rule->inputs;
            for (size_t i = 0; i < inputs.size(); ++i)
                if (inputs[i] == image.tensor && std::ranges::find(byRows, i) == byRows.end())
                    return false;
        }
        return true;
    }

    bool mayLieOver(const Image& read, const Image& written) const {
        const Actor& writer = m_actors[written.writer];
        const auto& allowed = m_problem.ops[static_cast<size_t>(writer.op)].overwritable;
        return read.rowBytes == written.rowBytes && writer.rule->reach == 1 &&
               writer.rule->stride == 1 && writer.rule->padding == 0 &&
               std::ranges::find(allowed, read.tensor) != allowed.end();
    }

    /// First row of the image that readers other than `except` will read; its height where none
    /// will.
    int32_t nextRow(const Image& image, const Actor* except = nullptr) const {
        int32_t next = image.height;
        for (size_t reader : image.readers) {
            const Actor& actor = m_actors[reader];
            const Image& output = m_images[actor.output];
            if (&actor == except) continue;
            const int32_t row = output.kind == Image::Kind::Recomputed ? output.next : actor.done;
            if (row >= output.height) continue;
            next = std::min(next, actor.rule->inputRows({row, row + 1}, image.height).first);
        }
        return next;
    }

    /// After a reader has advanced: also for what is computed again from here on.
    void refresh(Image& image) {
        image.next = nextRow(image);
        if (image.kind != Image::Kind::Recomputed) return;
        for (size_t input : m_actors[image.writer].inputs)
            refresh(m_images[input]);
    }

    bool isInUse(const Image& image) const {
        if (image.kind == Image::Kind::Recomputed) return !image.held.empty();
        return m_actors[image.writer].done > image.next;
    }

    /// Makes rows up to `end` of an image that keeps them.
    void produce(size_t index, int32_t end) {
        if (m_images[index].kind == Image::Kind::Read) return;
        Actor& writer = m_actors[m_images[index].writer];
        while (writer.done < end) {
            const RowSpan rows{writer.done, std::min(end, writer.done + m_stage.rows)};
            call(writer, rows);
            writer.done = rows.end;
            for (size_t input : writer.inputs)
                refresh(m_images[input]);
        }
    }

    void computeAgain(size_t index, RowSpan rows) {
        Image& image = m_images[index];
        if (rows.empty()) return;
        image.base = rows.first;
        image.capacity = std::max(image.capacity, rows.count());
        call(m_actors[image.writer], rows);
        image.held = rows;
    }

    RowSpan readBy(const Actor& actor, size_t input, RowSpan rows) const {
        return actor.rule->inputRows(rows, m_images[actor.inputs[input]].height);
    }

    void call(Actor& actor, RowSpan rows) {
        for (size_t i = 0; i < actor.inputs.size(); ++i) {
            const size_t image = actor.inputs[i];
            const RowSpan needed = readBy(actor, i, rows);
            if (m_images[image].kind == Image::Kind::Recomputed)
                computeAgain(image, needed);
            else
                produce(image, needed.end);
        }
        Image& output = m_images[actor.output];
        if (output.kind == Image::Kind::Window) makeRoom(actor, output, rows);
        if (!m_withMoves) markTogether(actor);
        if (output.kind == Image::Kind::Written) narrowReleases(actor, output, rows.end);
        addStep(actor, rows);
        for (size_t image : actor.inputs)
            m_images[image].held = {};
    }

    void makeRoom(const Actor& actor, Image& image, RowSpan rows) {
        const int32_t next = std::min(image.next, actor.done);
        if (!m_withMoves) {
            image.capacity = std::max(image.capacity, rows.end - next);
            return;
        }
        if (rows.end - image.base <= image.capacity) return;
        const RowSpan kept{next, actor.done};
        if (!kept.empty() && next > image.base) {
            m_result.movedBytes += kept.count() * image.rowBytes;
            ++m_result.calls;
            if (m_withSteps)
                m_result.steps.push_back({BandStep::Kind::Move,
                                          opOf(image),
                                          image.tensor,
                                          kept,
                                          {(next - image.base) * image.rowBytes, 0}});
        }
        image.base = next;
    }

    /// The operator to which moved or fed rows count.
    int32_t opOf(const Image& image) const { return m_actors[image.readers[0]].op; }

    void markTogether(const Actor& actor) {
        m_used.clear();
        m_mask.assign(m_words, 0);
        const auto use = [&](size_t buffer) {
            m_used.push_back(buffer);
            m_mask[buffer / 64] |= uint64_t{1} << buffer % 64;
        };
        const size_t written = actor.output;
        for (size_t i = 0; i < m_images.size(); ++i)
            if (m_images[i].hasWindow() && (i == written || isInUse(m_images[i])))
                use(m_images[i].buffer);
        for (size_t scratch : actor.scratch)
            use(scratch);
        for (size_t buffer : m_used)
            for (size_t word = 0; word < m_words; ++word)
                m_together[buffer * m_words + word] |= m_mask[word];
    }

    void narrowReleases(const Actor& actor, const Image& output, int32_t end) {
        for (Release& release : m_result.releases) {
            if (release.output != output.tensor) continue;
            const Image& input = m_images[m_imageOf.at(release.input)];
            const int64_t written = end * output.rowBytes;
            const int32_t next = input.next;
            if (next < input.height)
                release.distance = std::min(release.distance, next * input.rowBytes - written);
            const int32_t others = nextRow(input, &actor);
            if (others < input.height && others * input.rowBytes < written) release.inPlace = false;
        }
    }

    void addStep(const Actor& actor, RowSpan rows) {
        ++m_result.calls;
        const Image& output = m_images[actor.output];
        m_result.macs += actor.macs * rows.count() / output.height;
        if (!m_withSteps) return;
        const int64_t to = (rows.first - output.base) * output.rowBytes;
        if (actor.op < 0) {
            m_result.steps.push_back(
                {BandStep::Kind::Feed, opOf(output), output.tensor, rows, {to}});
            return;
        }
        const size_t operands = m_problem.graph.ops[static_cast<size_t>(actor.op)].inputs.size();
        std::vector<int64_t> places(operands + 1, -1);
        for (size_t i = 0; i < actor.inputs.size(); ++i) {
            const Image& input = m_images[actor.inputs[i]];
            const RowSpan read = readBy(actor, i, rows);
            places[actor.rule->inputs[i]] =
                read.empty() ? 0 : (read.first - input.base) * input.rowBytes;
        }
        places[operands] = to;
        m_result.steps.push_back({BandStep::Kind::Rows, actor.op, -1, rows, std::move(places)});
    }

    const Problem& m_problem;
    const Stage& m_stage;
    std::vector<Actor> m_actors;
    std::vector<Image> m_images;
    std::map<int32_t, size_t> m_imageOf;
    StageRun m_result;
    bool m_withMoves = false, m_withSteps = false;
    std::vector<uint64_t> m_together;  ///< per buffer: a bit for each buffer in use with it
    size_t m_words = 0;                ///< of one buffer's bits
    std::vector<size_t> m_used;
    std::vector<uint64_t> m_mask;
};

}  // namespace

bool isInside(const Problem& problem, const Stage& stage, int32_t tensor) {
    if (!stage.isBanded() || problem.isOutput(tensor)) return false;
    const int32_t writer = problem.writer[static_cast<size_t>(tensor)];
    const auto& inputs = problem.graph.inputs;
    const bool isInput = std::ranges::find(inputs, tensor) != inputs.end();
    if (isInput ? !stage.feeds : writer < stage.first || writer >= stage.end) return false;
    const auto& readers = problem.readers[static_cast<size_t>(tensor)];
    for (int32_t reader : readers) {
        if (reader < stage.first || reader >= stage.end) return false;
        if (!isInput) continue;
        // A fed input is never there as a whole.
        const auto& rule = problem.ops[static_cast<size_t>(reader)].rule;
        const auto& operands = problem.graph.ops[static_cast<size_t>(reader)].inputs;
        for (size_t i = 0; i < operands.size(); ++i)
            if (operands[i] == tensor &&
                (!rule || std::ranges::find(rule->inputs, i) == rule->inputs.end()))
                return false;
    }
    return !readers.empty();
}

std::optional<StageRun> runStage(const Problem& problem, const Stage& stage, bool withSteps) {
    Runner runner(problem, stage);
    if (!runner.prepare()) return std::nullopt;
    runner.run(false, false);
    runner.run(true, withSteps);
    return runner.result();
}

}  // namespace scheduling
