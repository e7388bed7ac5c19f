// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/verdict.h"

#include "diff/diff_figures.h"
#include "types/target.h"

namespace diff {
namespace {

using namespace types;

std::string listText(const std::vector<std::string>& items) {
    std::string text;
    for (size_t i = 0; i < items.size(); ++i)
        text += (i == 0 ? "" : i + 1 == items.size() ? " and " : ", ") + items[i];
    return text;
}

bool isQuality(DiffQuantity q) {
    return q == DiffQuantity::Accuracy || q == DiffQuantity::Auc ||
           q == DiffQuantity::MeanSquaredError;
}

std::string withChange(const DiffFigure& figure) {
    return diffQuantityWord(figure.quantity) + (" (" + changeText(figure)) + ")";
}

class Judging {
public:
    explicit Judging(const ModelDiff& diff) : m_diff(diff) {}

    DiffVerdict run() {
        judgeRoom();
        for (const DiffFigure& figure : m_diff.totals)
            take(figure);
        const bool isSame =
            m_diff.baseline.evaluation->modelSha256 == m_diff.candidate.evaluation->modelSha256;
        if (isSame)
            setSame();
        else
            setDifferent();
        return std::move(m_verdict);
    }

private:
    /// A model that does not fit, or that the runtime refuses, is of no use, whatever else it is.
    void judgeRoom() {
        const Evaluation &a = *m_diff.baseline.evaluation, &b = *m_diff.candidate.evaluation;
        if (!a.device || !b.device || a.device->id != b.device->id) return;
        const Verdict before = useOf(a), now = useOf(b);
        const std::string& board = a.device->name;
        if (before == Verdict::Unknown || now == Verdict::Unknown)
            m_verdict.cannotSay.push_back("Room on " + board +
                                          ": a part of the need is not known.");
        if (before == Verdict::Exceeds && now == Verdict::Exceeds) m_room = "Neither fits " + board;
        if (before == Verdict::Fits && now == Verdict::Fits) m_room = "Both fit " + board;
        if (before == now || before == Verdict::Unknown || now == Verdict::Unknown) return;
        const bool isCandidate = now == Verdict::Fits;
        const Evaluation& other = isCandidate ? a : b;
        m_room = std::string("Only the ") + (isCandidate ? "candidate" : "baseline") +
                 (isRefused(other) ? " runs on " : " fits ") + board;
        m_onlyUsable = isCandidate ? DiffOutcome::Candidate : DiffOutcome::Baseline;
        m_verdict.evidence.push_back(
            m_room + (isRefused(other) ? ": " + other.tflmCortexM.unknownReason : "") + ".");
    }

    static bool isRefused(const Evaluation& e) {
        return e.tflmCortexM.isRefused && runtimeOf(e.device) == Runtime::Tflm;
    }
    static Verdict useOf(const Evaluation& e) {
        return isRefused(e) ? Verdict::Exceeds : e.verdict();
    }

    void take(const DiffFigure& figure) {
        if (figure.outcome == DiffOutcome::NotJudged) return;
        if (isQuality(figure.quantity)) {
            m_hasQuality |= figure.outcome != DiffOutcome::Unknown;
            if (figure.outcome == DiffOutcome::Unclear) m_unclearQuality = &figure;
        }
        const std::string word = diffQuantityWord(figure.quantity);
        std::string subject = word;
        if (subject[0] >= 'a' && subject[0] <= 'z')
            subject[0] = static_cast<char>(subject[0] - 'a' + 'A');
        switch (figure.outcome) {
            case DiffOutcome::Unknown:
                m_verdict.cannotSay.push_back(subject + ": " + figure.evidence + ".");
                return;
            case DiffOutcome::Unclear:
                m_verdict.cannotSay.push_back("Whether " + word + " differs: " + figure.evidence +
                                              (isQuality(figure.quantity)
                                                   ? "; more samples would tell."
                                                   : "; measuring on the board would tell."));
                return;
            case DiffOutcome::Candidate:
                m_candidate.push_back(withChange(figure));
                break;
            case DiffOutcome::Baseline:
                m_baseline.push_back(withChange(figure));
                break;
            default:
                break;
        }
        m_verdict.evidence.push_back(subject + " " + valueText(figure.quantity, figure.baseline) +
                                     " to " + valueText(figure.quantity, figure.candidate) + " (" +
                                     changeText(figure) + "): " + figure.evidence + ".");
    }

    void setSame() {
        m_verdict.better = DiffOutcome::Equal;
        m_verdict.sentence = "Baseline and candidate are the same model, byte for byte.";
    }

    void setDifferent() {
        const std::string room = m_room.empty() ? "" : " " + m_room + ".";
        const std::string quality = qualityText();
        if (m_onlyUsable != DiffOutcome::Unknown) {
            m_verdict.better = m_onlyUsable;
            m_verdict.sentence = m_room + ", so that only it is of use there. " + costText() +
                                 (m_hasQuality ? "" : " How right they are is unknown.") + quality;
            return;
        }
        if (!m_hasQuality) {
            m_verdict.better = DiffOutcome::Unknown;
            m_verdict.sentence = costText() + room +
                                 " Which is better cannot be said: how right they are is unknown.";
            return;
        }
        if (!m_candidate.empty() && !m_baseline.empty()) {
            m_verdict.better = DiffOutcome::Unclear;
            m_verdict.sentence = "Each is better in something: the candidate in " +
                                 listText(m_candidate) + ", the baseline in " +
                                 listText(m_baseline) + "." + quality + room;
            return;
        }
        const bool isCandidate = !m_candidate.empty();
        const auto& better = isCandidate ? m_candidate : m_baseline;
        m_verdict.better = better.empty() ? DiffOutcome::Equal
                           : isCandidate  ? DiffOutcome::Candidate
                                          : DiffOutcome::Baseline;
        m_verdict.sentence = better.empty()
                                 ? "No figure tells baseline and candidate apart." + quality + room
                                 : std::string(isCandidate ? "The candidate" : "The baseline") +
                                       " is better in " + listText(better) +
                                       ", and in nothing measurably worse." + quality + room;
    }

    std::string costText() const {
        if (m_candidate.empty() && m_baseline.empty())
            return "No figure tells baseline and candidate apart.";
        if (m_hasQuality)
            return (m_candidate.empty() ? ""
                                        : "The candidate is better in " + listText(m_candidate)) +
                   (m_candidate.empty() || m_baseline.empty() ? "" : ", ") +
                   (m_baseline.empty() ? ""
                                       : (m_candidate.empty() ? "The baseline is better in "
                                                              : "the baseline in ") +
                                             listText(m_baseline)) +
                   ".";
        std::string text = "The candidate costs ";
        if (!m_candidate.empty()) text += "less in " + listText(m_candidate);
        if (!m_candidate.empty() && !m_baseline.empty()) text += ", and ";
        if (!m_baseline.empty()) text += "more in " + listText(m_baseline);
        return text + ".";
    }

    std::string qualityText() const {
        if (!m_unclearQuality) return {};
        const DiffFigure& figure = *m_unclearQuality;
        return std::string(" The samples show no difference of ") +
               diffQuantityWord(figure.quantity) + " (" + changeText(figure) + ", 95 % interval " +
               intervalText(figure) + ", n = " + std::to_string(figure.samples) + ").";
    }

    const ModelDiff& m_diff;
    DiffVerdict m_verdict;
    std::vector<std::string> m_candidate, m_baseline;  ///< in what each is better
    std::string m_room;
    DiffOutcome m_onlyUsable = DiffOutcome::Unknown;  ///< the side that alone fits and runs
    bool m_hasQuality = false;
    const DiffFigure* m_unclearQuality = nullptr;
};

}  // namespace

DiffVerdict verdictOf(const ModelDiff& diff) {
    return Judging(diff).run();
}

}  // namespace diff
