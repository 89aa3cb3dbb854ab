"""The learning curve is drawn anew after every episode, as many do to watch it."""

# %% after imports
from datetime import datetime

import pandas as pd
from IPython.display import clear_output, display
from tqdm.auto import trange

plt.style.use("ggplot")

# %% replace training_loop_solution
scores = []
table = pd.DataFrame(columns=["score", "steps"])
started = datetime.now()
for episode_number in trange(nr_episodes, desc="training"):
    episode = run_episode(env, model)
    train(model=model, episode=episode, gamma=gamma)
    scores.append(episode.score)
    table.loc[len(table)] = [episode.score, episode.length]
    clear_output(wait=True)
    fig, ax = plt.subplots()
    ax.plot(scores)
    ax.plot(pd.Series(scores).rolling(10, min_periods=1).mean())
    plt.show()
    display(table.tail())
print("took", datetime.now() - started)
